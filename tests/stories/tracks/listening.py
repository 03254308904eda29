"""What listens in the programs of a test while it goes on."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field
from pathlib import Path

import psutil

LISTEN = "0A"  # a socket's state in the system's list


@dataclass
class Listening:
    """Every (program, address, port) that was seen. The system's list of sockets is read a hundred
    times a second, which costs little; who has one is asked when there is a new one. A server that
    is up for some tenths of a second is seen so on a busy machine, too.
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
        before: set[str] = set()
        while not self.over.wait(0.01):
            sockets = _listening()
            if sockets - before:
                self._look()
            before = sockets

    def _look(self) -> None:
        for process in psutil.Process().children(recursive=True):
            try:
                places = [
                    each.laddr
                    for each in process.net_connections("inet")
                    if each.status == psutil.CONN_LISTEN
                ]
                self.seen |= {(process.name(), place.ip, place.port) for place in places}
            except psutil.Error:
                continue


def _listening() -> set[str]:
    """The sockets of this machine that listen, by their numbers (proc_pid_net(5))."""
    rows = [
        line.split()
        for name in ("tcp", "tcp6")
        if os.path.exists(f"/proc/net/{name}")
        for line in Path(f"/proc/net/{name}").read_text("ascii").splitlines()[1:]
    ]
    return {row[9] for row in rows if row[3] == LISTEN}
