"""Courses that are installed (entry points) or named (one file). A plug-in that does not load is a
record, not a crash.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from dataclasses import dataclass, replace
from importlib.metadata import Distribution, EntryPoint, distributions
from pathlib import Path
from typing import Any

from envcheck.course_file.values import RESERVED as RESERVED  # noqa: PLC0414  # its other home
from envcheck.errors import UsageProblem
from envcheck.lazy import Lazy
from envcheck.model import Chapter, Check, Course
from envcheck.run.crashes import describe

GROUP = "envcheck.courses"
UNKNOWN = "an unknown package"
# Our own distribution: its courses come first, so that nobody's chapter replaces theirs
OWN = "envcheck-course"


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
class BrokenFile:
    """The `envcheck.toml` of the learner's folder cannot be used: why, with its line. Any of `names`
    may be a chapter of it; None where nobody can tell. `stranger` is the file where it is another
    user's, which `--course` would name.
    """

    reason: str
    names: frozenset[str] | None = frozenset()
    stranger: str = ""

    def may_have(self, chapter: str) -> bool:
        """Whether it is the one that has this chapter, as far as can be told."""
        return (
            self.names is None or chapter in self.names or (chapter == "all" and bool(self.names))
        )

    def __str__(self) -> str:
        return self.reason


@dataclass(frozen=True)
class Loaded:
    """The courses that can be used, the one of the folder first, then our own, and those that
    cannot.
    """

    courses: tuple[Course, ...]
    broken: tuple[Broken | BrokenFile, ...] = ()

    @property
    def broken_file(self) -> str:
        """Why the folder's own course cannot be used; empty where it can, or there is none."""
        return next((str(file) for file in self.broken if isinstance(file, BrokenFile)), "")

    @property
    def stranger(self) -> str:
        """The folder's own course file where it is another user's; empty where it is not."""
        files = (each.stranger for each in self.broken if isinstance(each, BrokenFile))
        return next(filter(None, files), "")

    def broken_chapter(self, name: str) -> str:
        """Why the folder's own course cannot be used, where it may be the one that has this chapter;
        empty where it is not.
        """
        files = (file for file in self.broken if isinstance(file, BrokenFile))
        return next((str(file) for file in files if file.may_have(name)), "")


def installed() -> Loaded:
    """Every course of the `envcheck.courses` entry points, our own first, and the broken ones with
    their owner.
    """
    courses: list[Course] = []
    points, failed = _points()
    broken: list[Broken | BrokenFile] = [*failed]
    for point in sorted(points, key=lambda point: (_owner(point) != OWN, point.name)):
        loaded = _load(point)
        if isinstance(loaded, Broken):
            broken.append(loaded)
        else:
            courses.append(loaded)
    return Loaded(tuple(courses), tuple(broken))


def _points() -> tuple[list[EntryPoint], list[Broken]]:
    """The entry points of each distribution by itself: one whose metadata cannot be read takes no
    other down with it. Of two with one name the first on the path counts.
    """
    points: list[EntryPoint] = []
    broken: list[Broken] = []
    seen: set[str] = set()
    for distribution in distributions():
        try:
            if GROUP not in (distribution.read_text("entry_points.txt") or ""):
                continue
            own = [point for point in distribution.entry_points if point.group == GROUP]
        except Exception as error:  # noqa: BLE001  # somebody else's files may be anything
            broken.append(Broken(GROUP, _name(distribution), describe(error)))
            continue
        name = _name(distribution)
        points += own if name not in seen else []
        seen.add(name)
    return points, broken


def _name(distribution: Distribution) -> str:
    """Of the package, as far as its files can be read."""
    try:
        return distribution.metadata["Name"] or UNKNOWN
    except Exception:  # noqa: BLE001  # somebody else's files may be anything
        return UNKNOWN


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
        raise UsageProblem(f"--course {path}: it cannot be loaded: {describe(error)}") from error
    course = getattr(module, "COURSE", None)
    if not isinstance(course, Course):
        raise UsageProblem(f"--course {path}: it has no `COURSE` that is an envcheck.Course")
    try:
        if taken := _malformed(course) or _reserved(course):
            raise UsageProblem(f"--course {path}: {taken}")
        return replace(owned(course, str(path)), file=str(path))
    except UsageProblem:
        raise
    except Exception as error:
        raise UsageProblem(f"--course {path}: it cannot be used: {describe(error)}") from error


def _malformed(course: Any) -> str:  # an author's values, whatever their annotations say
    """What is wrong with a value that has a course's type and not its contents; empty when
    nothing is.
    """
    if not all(isinstance(text, str) and text for text in (course.id, course.title)):
        return "its id and its title must be texts"
    chapters: list[Any] = [*course.chapters, *course.tracks]
    for chapter in chapters:
        if not isinstance(chapter, Chapter):
            return f"its chapters and tracks must be envcheck.Chapter, not {type(chapter).__name__}"
        names: list[Any] = [chapter.id, chapter.title]
        if not all(isinstance(text, str) and text for text in names):
            return "the id and the title of a chapter must be texts"
        if not isinstance(chapter.checks, Lazy):
            checks: list[Any] = list(chapter.checks)
            odd = [check for check in checks if not isinstance(check, Check)]
            if odd:
                return f"its chapter `{chapter.id}` holds {type(odd[0]).__name__}, not an envcheck.Check"
    return ""


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
        return Broken(point.name, owner, describe(error))
    if not isinstance(course, Course):
        return Broken(
            point.name, owner, f"`{point.value}` is {type(course).__name__}, not an envcheck.Course"
        )
    try:
        trouble = _malformed(course) or _reserved(course)
        return Broken(point.name, owner, trouble) if trouble else owned(course, owner)
    except Exception as error:  # noqa: BLE001  # its values may be anything
        return Broken(point.name, owner, describe(error))


def _owner(point: EntryPoint) -> str:
    return (point.dist.name if point.dist is not None else "") or UNKNOWN
