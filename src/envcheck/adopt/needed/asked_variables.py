"""Which variables belong to the course, and which to a chapter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from envcheck.adopt.needed.course import Reading
from envcheck.adopt.needed.part import Part
from envcheck.adopt.reading.sources import BOOKS, Source, place
from envcheck.adopt.reading.variables import FILE, Variable


def asked_variables(reading: Reading, part: Part | None) -> list[Variable]:
    """The open ones of the example that lies in this chapter, and what its notebooks take besides;
    without a chapter those of the examples of all.
    """
    rows = [row for row in reading.beside.examples if _belongs(row, part)]
    if part is not None:
        told = {row.name for row in reading.beside.examples}
        rows += [row for row in _taken(reading, part) if row.name not in told]
    return rows


def file_of(reading: Reading, part: Part | None, variable: Variable) -> str:
    """The file that may hold it: where an example stands for one, or the chapter reads one."""
    sources: Iterable[Source] = part.chapter.sources if part else ()
    reads = any(use.imported.top == "dotenv" for source in sources for use in source.uses)
    return FILE if reads or variable in reading.beside.examples else ""


def _belongs(row: Variable, part: Part | None) -> bool:
    """Whether the example lies in the chapter's folder, or at the root: one further down is for who
    does what is down there.
    """
    folder = row.file.rpartition("/")[0]
    return folder == part.chapter.folder if part is not None else not folder


def _taken(reading: Reading, part: Part) -> Iterator[Variable]:
    seen: set[str] = set()
    for source in part.chapter.sources:
        for row in source.takes if source.kind in BOOKS else ():
            if row.name not in seen:
                seen.add(row.name)
                yield Variable(row.name, source.name, place(reading.tree.root, source, row))
