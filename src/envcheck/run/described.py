"""Courses that an `envcheck.toml` describes: the one that is named, or the nearest."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from envcheck import foreign_file
from envcheck.course_file.finding import Stranger, nearest
from envcheck.errors import UsageProblem
from envcheck.model import Course
from envcheck.run.crashes import describe
from envcheck.run.plugins import BrokenFile, Loaded, owned

if TYPE_CHECKING:
    from envcheck.course_file.values import CourseFile

WORD = re.compile(r"[\w-]+")
NOT_OF_AN_ID = re.compile(r"-*[^\w-]\W*")  # as in course_file/reading.py
MOST_BYTES = 1_000_000
MOST_NAMES, DEEPEST = 3000, 3  # that are looked at, and folders in folders


def from_table(file: Path, courses: Sequence[Course], *, named: bool = False) -> Course:
    """The course that this file describes, made by the installed course that knows how;
    `named`: by the learner. Raises UsageProblem, which names the file.
    """
    # Imported here: most learners have no such file.
    from envcheck.course_file.reading import read
    from envcheck.run.own_checks import with_own_checks

    described = next((course.described for course in courses if course.described), None)
    if described is None:
        raise UsageProblem(f"{file}: no installed course has checks for it; install envcheck anew")
    table = read(file)
    _refuse_taken(table, courses)
    course = owned(described(table), str(file))
    return replace(with_own_checks(course, table, named=named), file=str(file))


def _refuse_taken(table: CourseFile, courses: Sequence[Course]) -> None:
    """Reports name a course by its id alone: two of one id could not be told apart."""
    from envcheck.course_file.reading import wrong

    for course in courses:
        if course.id == table.id and not course.file:
            reason = f"an installed course, {course.title}, has this id; give yours another"
            raise wrong(table.file, ("course",), reason)


def with_nearest(loaded: Loaded, folder: Path) -> Loaded:
    """The same, with the course of the nearest `envcheck.toml` first. One that cannot be used is
    among the broken.
    """
    try:
        file = nearest(folder)
    except Stranger as problem:
        passed_over = BrokenFile(str(problem), stranger=str(problem.file))
        return replace(loaded, broken=(passed_over, *loaded.broken))
    if file is None:
        return loaded
    try:
        course = from_table(file, loaded.courses)
    except UsageProblem as problem:
        broken = BrokenFile(str(problem), _names(file))
    except Exception as error:  # noqa: BLE001  # a table of anybody's must not end the other courses
        reason = f"{folder}: its envcheck.toml cannot be used: {describe(error)}"
        broken = BrokenFile(reason, _names(file))
    else:
        return replace(loaded, courses=(course, *loaded.courses))
    return replace(loaded, broken=(broken, *loaded.broken))


def _names(file: Path) -> frozenset[str] | None:
    """What its chapters may be called, whatever it is written in: the words in it, as far as it is read, and
    what lies beside it: `from` makes chapters of folders. None where neither can be looked at.
    """
    words, beside = _words(file), _beside(file.parent)
    return (
        None if words is None and beside is None else frozenset((*(words or ()), *(beside or ())))
    )


def _words(file: Path) -> list[str] | None:
    try:
        return WORD.findall(foreign_file.beginning(file, MOST_BYTES))
    except OSError:
        return None


def _beside(folder: Path) -> set[str] | None:
    """The names of files and folders there and below, as chapters would have them."""
    try:
        waiting = [(each, 1) for each in folder.iterdir()]
    except OSError:
        return None
    names: set[str] = set()
    while waiting and len(names) < MOST_NAMES:
        place, depth = waiting.pop(0)
        names |= {place.name, place.stem, NOT_OF_AN_ID.sub("-", place.name).strip("-")}
        if depth < DEEPEST and not place.name.startswith(".") and os.path.isdir(place):
            with contextlib.suppress(OSError):
                waiting += [(each, depth + 1) for each in islice(place.iterdir(), MOST_NAMES)]
    return names


def is_table(file: Path) -> bool:
    """Whether this is an `envcheck.toml`, or a folder that has one, by its name."""
    return file.suffix == ".toml" or os.path.isdir(file)
