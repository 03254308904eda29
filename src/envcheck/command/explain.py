"""`envcheck explain`: the long page of a diagnosis or a check, from its course's own pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import resources
from typing import TYPE_CHECKING

from envcheck.errors import unknown
from envcheck.model import Check, Course

if TYPE_CHECKING:  # its home moved: Python 3.10 has it in importlib.abc
    from importlib.resources.abc import Traversable


def page(name: str, courses: Sequence[Course]) -> str:
    """The page as text. Raises UsageProblem for a name that no course has a page for."""
    short = name.rpartition(".")[2]
    for folder in _folders(courses):
        file = folder.joinpath(f"{short}.md")
        if file.is_file():
            return file.read_text(encoding="utf-8").rstrip("\n") + "\n"
    check = next((check for check in _checks(courses) if check.id == short), None)
    if check is not None:
        return check.page or f"# {check.title}\n\nIt passes when {check.proves or check.title}.\n"
    raise unknown("page for", name, {*names(courses), *(check.id for check in _checks(courses))})


def names(courses: Sequence[Course]) -> list[str]:
    """Everything that has a page."""
    return sorted(
        {
            file.name.removesuffix(".md")
            for folder in _folders(courses)
            for file in folder.iterdir()
            if file.name.endswith(".md")
        }
    )


def _folders(courses: Sequence[Course]) -> Iterator[Traversable]:
    for package in dict.fromkeys(course.pages for course in courses if course.pages):
        yield resources.files(package)


def _checks(courses: Sequence[Course]) -> Iterator[Check]:
    for course in courses:
        for chapter in (*course.chapters, *course.tracks):
            yield from chapter.checks
