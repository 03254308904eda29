"""The notebooks of a chapter by their paths from its folder, as a course file may name them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from envcheck.adopt.dividing.naming import of_number
from envcheck.adopt.needed.course import Reading
from envcheck.adopt.needed.part import Part
from envcheck.adopt.reading.notebooks import Unreadable
from envcheck.adopt.reading.sources import NOTEBOOK
from envcheck.course_file.kinds import takes_place


def own_notebooks(reading: Reading, part: Part) -> list[str]:
    """Where those of other chapters lie in its folder too; none where one of them cannot be named."""
    folder = part.chapter.folder
    start = "" if folder == "." else f"{folder}/"
    books = {source.name for source in reading.sources if source.kind == NOTEBOOK}
    own = {source.name for source in part.chapter.sources if source.kind == NOTEBOOK}
    names = _all(reading.unreadable, part)
    shares = any(name.startswith(start) for name in books - own)
    return names if shares and all(map(takes_place, names)) else []


def all_notebooks(reading: Reading, part: Part) -> list[str]:
    """The same, whatever else lies there, without those that cannot be named."""
    return [*filter(takes_place, _all(reading.unreadable, part))]


def _all(unreadable: Sequence[Unreadable], part: Part) -> list[str]:
    """A notebook that is damaged is its chapter's by its number: its learners have to hear of it."""
    start = "" if part.chapter.folder == "." else f"{part.chapter.folder}/"
    own = {source.name for source in part.chapter.sources if source.kind == NOTEBOOK}
    numbers = {_numbered(name) for name in own}
    own |= {row.name for row in unreadable if of_number(_stem(row.name)) and _numbered(row.name) in numbers}  # fmt: skip
    return [name.removeprefix(start) for name in sorted(own)]


def _numbered(name: str) -> tuple[str, str]:
    return name.rpartition("/")[0], of_number(_stem(name))


def _stem(name: str) -> str:
    return PurePosixPath(name).stem
