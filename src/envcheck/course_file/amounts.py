"""Kinds of values that stand for a number or an address: sizes, ports, services."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from envcheck.course_file.asked import Service
from envcheck.course_file.kinds import Path, Wrong, proposed, shown

HIGHEST = 65535
UNITS = {
    "MB": 1000**2, "GB": 1000**3, "TB": 1000**4, "MiB": 1024**2, "GiB": 1024**3, "TiB": 1024**4
}  # fmt: skip
LARGEST = 1000 * UNITS["TB"]
HOST = re.compile(r"\[[0-9a-fA-F:.]+\]|[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Size:
    """An amount of memory or disk with its unit; read as bytes."""

    def read(self, value: Any, path: Path) -> int:
        match = re.fullmatch(r"([0-9]{1,6}(?:\.[0-9]{1,3})?) ?([A-Za-z]+)", value) if isinstance(value, str) else None  # fmt: skip
        if match is None or match[2] not in UNITS:
            hint = proposed(self, _sizes_like(str(value)))
            raise Wrong(path, f'it must be a size such as "5 GB", not {shown(value)}{hint}')
        size = int(float(match[1]) * UNITS[match[2]])
        if not 0 < size <= LARGEST:
            reason = f'it must be a size between "1 MB" and "1000 TB", not {shown(value)}'
            raise Wrong(path, reason, of_form=False)
        return size


def _sizes_like(text: str) -> tuple[str, ...]:
    """A number alone, or one with a unit that is nearly one."""
    match = re.match(r"([0-9.]+) *([A-Za-z]*)", text.strip())
    if match is None:
        return ()
    unit = match[2].lower().removesuffix("s")
    near = [each for each in UNITS if unit in (each.lower(), each[0].lower())]
    return tuple(f"{match[1]} {each}" for each in (near if unit else ["GB"]))


@dataclass(frozen=True)
class Port:
    """A number that programs listen on."""

    def read(self, value: Any, path: Path) -> int:
        if type(value) is not int or not 1 <= value <= HIGHEST:
            raise Wrong(path, f"it must be a port from 1 to {HIGHEST}, not {shown(value)}")
        return value


@dataclass(frozen=True)
class Address:
    """A port of this machine, or `host:port`."""

    def read(self, value: Any, path: Path) -> Service:
        if not isinstance(value, str):
            return Service(LOOPBACK, Port().read(value, path))
        host, _, port = value.rpartition(":")
        if not HOST.fullmatch(host) or not port.isascii() or not port.isdigit() or len(port) > 5:
            raise Wrong(path, f'it must be a port, or such as "localhost:5432", not {shown(value)}')
        number = int(port)
        if not 1 <= number <= HIGHEST:
            reason = f"it must have a port from 1 to {HIGHEST}, not {number}"
            raise Wrong(path, reason, of_form=False)
        return Service(host.strip("[]"), number)
