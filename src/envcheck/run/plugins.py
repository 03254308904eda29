"""Courses that are installed (entry points) or named (one file). A plug-in that does not load is a
record, not a crash.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from envcheck.errors import UsageProblem
from envcheck.lazy import Lazy
from envcheck.model import Chapter, Check, Course

GROUP = "envcheck.courses"
# Our own distribution: its courses come first, so that nobody's chapter replaces theirs
OWN = "envcheck-course"
RESERVED = (
    "all",
    "explain",
    "list",
    "track",
    "undo",
    "where",
)  # words of the command line: no chapter has such a name


@dataclass(frozen=True)
class Broken:
    """An installed course that cannot be used: which, whose, and why."""

    name: str
    owner: str
    reason: str

    def __str__(self) -> str:
        return (
            f"the course `{self.name}` of the package {self.owner} cannot be loaded: {self.reason}"
        )


@dataclass(frozen=True)
class Loaded:
    """The courses that can be used, our own first, and those that cannot."""

    courses: tuple[Course, ...]
    broken: tuple[Broken, ...] = ()


def installed() -> Loaded:
    """Every course of the `envcheck.courses` entry points, our own first, and the broken ones with
    their owner.
    """
    courses: list[Course] = []
    broken: list[Broken] = []
    for point in sorted(
        entry_points(group=GROUP), key=lambda point: (_owner(point) != OWN, point.name)
    ):
        loaded = _load(point)
        if isinstance(loaded, Broken):
            broken.append(loaded)
        else:
            courses.append(loaded)
    return Loaded(tuple(courses), tuple(broken))


def from_file(path: Path) -> Course:
    """The `COURSE` of a Python file that is not installed. Raises UsageProblem that names
    the file.
    """
    if not os.path.isfile(path):
        raise UsageProblem(f"--course {path}: there is no such file")
    spec = importlib.util.spec_from_file_location(f"envcheck_course_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise UsageProblem(f"--course {path}: not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # somebody else's file may raise anything, SystemExit included
        raise UsageProblem(f"--course {path}: it cannot be loaded: {_describe(error)}") from error
    course = getattr(module, "COURSE", None)
    if not isinstance(course, Course):
        raise UsageProblem(f"--course {path}: it has no `COURSE` that is an envcheck.Course")
    if taken := _reserved(course):
        raise UsageProblem(f"--course {path}: {taken}")
    return replace(owned(course, str(path)), file=str(path))


def _reserved(course: Course) -> str:
    """What is wrong with a chapter that nobody could ask for, since its name is a command."""
    name = next((chapter.id for chapter in course.chapters if chapter.id in RESERVED), "")
    return (
        f"its chapter `{name}` has the name of an envcheck command; give it another" if name else ""
    )


def owned(course: Course, owner: str) -> Course:
    """The course with its owner's name on every check, so that blame is possible."""

    def own(check: Check) -> Check:
        return check if check.owner else replace(check, owner=owner)

    def own_chapter(chapter: Chapter) -> Chapter:
        if isinstance(chapter.checks, Lazy):
            return replace(chapter, checks=Lazy(lambda: map(own, chapter.checks)))
        return replace(chapter, checks=tuple(map(own, chapter.checks)))

    return replace(
        course,
        chapters=tuple(map(own_chapter, course.chapters)),
        tracks=tuple(map(own_chapter, course.tracks)),
    )


def _load(point: EntryPoint) -> Course | Broken:
    owner = _owner(point)
    try:
        course = point.load()
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  # a plug-in may raise anything, SystemExit included
        return Broken(point.name, owner, _describe(error))
    if not isinstance(course, Course):
        return Broken(
            point.name, owner, f"`{point.value}` is {type(course).__name__}, not an envcheck.Course"
        )
    taken = _reserved(course)
    return Broken(point.name, owner, taken) if taken else owned(course, owner)


def _owner(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else "an unknown package"


def _describe(error: BaseException) -> str:
    lines: Sequence[str] = str(error).strip().splitlines()
    return f"{type(error).__name__}{': ' + lines[0][:200] if lines else ''}"
