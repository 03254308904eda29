"""Notebooks that are in no chapter: nothing that they need is asked of anybody."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from envcheck.adopt.dividing.put_aside import is_put_aside
from envcheck.adopt.needed.course import Reading
from envcheck.adopt.reading.sources import BOOKS, Source
from envcheck.adopt.reading.tree import downwards
from envcheck.adopt.writing.matching import Tables, lies_in, rows_of


@dataclass(frozen=True)
class Outside:
    """One notebook, or all that are outside in a folder; `place` is what an author would leave out."""

    place: str
    first: str
    count: int


def with_decided(reading: Reading, tables: Tables, away: Iterable[str]) -> Reading:
    """The course, where its author has settled these: left out, or taken into a table of the file."""
    rows = rows_of(tables, reading.tree.root).values()
    whole = {row.place for row in rows if row.place is not None and not row.paths}
    named = {path for row in rows for path in row.paths}
    return replace(reading, settled=frozenset({*away, *whole, *named}))


def outside(reading: Reading) -> tuple[Source, ...]:
    """All of them; what cannot be read or named is told as such."""
    taken = {source.name for source in reading.taken} | {row.name for row in reading.unreadable}
    return tuple(
        source
        for source in reading.sources
        if source.kind in BOOKS
        and source.name not in taken
        and not any(lies_in(source.name, place) for place in reading.settled)
    )


def surprising(reading: Reading) -> Iterator[Outside]:
    """Those with code that no folder's name puts aside, the ones in a folder together."""
    taken = {name for each in reading.taken for name in downwards(each.folder)}
    places: dict[str, list[str]] = {}
    for source in outside(reading):
        if not source.is_prose and not is_put_aside(source):
            places.setdefault(_place(taken, source), []).append(source.name)
    for place, names in sorted(places.items()):
        yield Outside(place if len(names) > 1 else names[0], names[0], len(names))


def _place(taken: Collection[str], source: Source) -> str:
    """The highest folder around it in which there is no chapter; its own name where there is none."""
    return next((folder for folder in downwards(source.folder) if folder not in taken), source.name)
