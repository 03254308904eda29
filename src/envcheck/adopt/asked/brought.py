"""What comes along with a package that a course lists, so that nobody misses it in the list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from envcheck import foreign_file
from envcheck.module_names import LESS, same


def with_brought(names: Iterable[str]) -> frozenset[str]:
    """These distributions, by their normalised names, and all that they need in every version. A build of a library
    is that library, and needs what it needs, unless it has a part of it alone.
    """
    have: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in have:
            have.add(name)
            waiting += (*(() if name in LESS else (same(name),)), *_table().get(name, ()))
    return frozenset(have | {*map(same, have)})


@lru_cache(maxsize=1)
def _table() -> Mapping[str, tuple[str, ...]]:
    text = foreign_file.text(Path(__file__).with_name("brought.txt"))
    rows = (line.split() for line in text.splitlines() if not line.startswith("#"))
    table: dict[str, tuple[str, ...]] = {}
    for first, *more in filter(None, rows):
        table[first] = (*table.get(first, ()), *more)
    return table
