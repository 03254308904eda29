"""The Python of a user's server that will run envcheck: which packages fit it. Servers run on Linux."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from packaging.tags import Tag, compatible_tags, cpython_tags

SHAPE: Mapping[str, Any] = {"path": str, "version": str, "machine": str, "libc": [str]}
OLDEST_GLIBC, OLDEST_MUSL = 5, 1  # minor versions for which wheels were ever named
NEWEST_MUSL = 2


@dataclass(frozen=True)
class Host:
    """What it says of itself. `libc` is glibc's minor version, 0 for another library."""

    path: str
    version: str
    machine: str
    libc: int

    @property
    def minor(self) -> tuple[int, int]:
        """Such as (3, 12)."""
        first, second, *_ = (int(part) for part in self.version.split("."))
        return first, second

    @property
    def kind(self) -> tuple[object, ...]:
        """Equal for two to which the same packages go."""
        return self.minor, self.machine, self.libc

    def tags(self) -> frozenset[Tag]:
        """Those of the wheels that fit it."""
        platforms = [*self.platforms()]
        name = "cp{}{}".format(*self.minor)
        return frozenset(
            [
                *cpython_tags(self.minor, [name], platforms),
                *compatible_tags(self.minor, name, platforms),
            ]
        )

    def platforms(self) -> Iterator[str]:
        """Those that a wheel may name, the best first."""
        for minor in range(self.libc, OLDEST_GLIBC - 1, -1):
            yield f"manylinux_2_{minor}_{self.machine}"
        if not self.libc:
            yield from (
                f"musllinux_1_{minor}_{self.machine}"
                for minor in range(NEWEST_MUSL, OLDEST_MUSL - 1, -1)
            )
        yield f"linux_{self.machine}"


def host_of(facts: Mapping[str, Any]) -> Host:
    """From what `in_server.py` has asked it; of the shape above."""
    name, version = (*facts["libc"], "", "")[:2]
    minor = version.partition(".")[2].partition(".")[0]
    libc = int(minor) if name == "glibc" and minor.isdecimal() else 0
    return Host(facts["path"], facts["version"], facts["machine"], libc)
