"""What listens in the programs of a test while it goes on."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import psutil


@dataclass
class Listening:
    """Every (program, address, port) that was seen; a look lasts some milliseconds, twenty a
    second.
    """

    seen: set[tuple[str, str, int]] = field(default_factory=set)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def programs(self) -> set[str]:
        return {program.rstrip("0123456789.") for program, _, _ in self.seen}

    @property
    def addresses(self) -> set[str]:
        return {address for _, address, _ in self.seen}

    @property
    def ports(self) -> set[int]:
        return {port for _, _, port in self.seen}

    def watch(self) -> None:
        me = psutil.Process()
        while not self.over.wait(0.05):
            for process in me.children(recursive=True):
                try:
                    found = [
                        one.laddr
                        for one in process.net_connections("inet")
                        if one.status == psutil.CONN_LISTEN
                    ]
                    self.seen |= {(process.name(), place.ip, place.port) for place in found}
                except psutil.Error:
                    continue
