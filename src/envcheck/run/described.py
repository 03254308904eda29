"""Courses that an `envcheck.toml` describes: the one that is named, or the nearest."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from envcheck.course_file.finding import nearest
from envcheck.course_file.reading import read, wrong
from envcheck.course_file.values import CourseFile
from envcheck.errors import UsageProblem
from envcheck.model import Course
from envcheck.run.crashes import describe
from envcheck.run.own_checks import with_own_checks
from envcheck.run.plugins import BrokenFile, Loaded, owned


def from_table(file: Path, courses: Sequence[Course], *, named: bool = False) -> Course:
    """The course that this file describes, made by the installed course that knows how;
    `named`: by the learner. Raises UsageProblem, which names the file.
    """
    described = next((course.described for course in courses if course.described), None)
    if described is None:
        raise UsageProblem(f"{file}: no installed course has checks for it; install envcheck anew")
    table = read(file)
    _refuse_taken(table, courses)
    course = owned(described(table), str(file))
    return replace(with_own_checks(course, table, named=named), file=str(file))


def _refuse_taken(table: CourseFile, courses: Sequence[Course]) -> None:
    """Reports name a course by its id alone: two of one id could not be told apart."""
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
        if file is None:
            return loaded
        course = from_table(file, loaded.courses)
    except UsageProblem as problem:
        return replace(loaded, broken=(BrokenFile(str(problem)), *loaded.broken))
    except Exception as error:  # noqa: BLE001  # a table of anybody's must not end the other courses
        reason = f"{folder}: its envcheck.toml cannot be used: {describe(error)}"
        return replace(loaded, broken=(BrokenFile(reason), *loaded.broken))
    return replace(loaded, courses=(course, *loaded.courses))


def is_table(file: Path) -> bool:
    """Whether this is an `envcheck.toml`, or a folder that has one, by its name."""
    return file.suffix == ".toml" or os.path.isdir(file)
