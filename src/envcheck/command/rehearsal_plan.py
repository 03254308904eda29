"""From the words of `envcheck rehearse` to what is to be done."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from envcheck.command import here
from envcheck.course_file.reading import read
from envcheck.course_file.values import CourseFile
from envcheck.errors import UsageProblem, unknown
from envcheck.processes.process import Processes
from envcheck.rehearsal import setups
from envcheck.rehearsal.fetching import Fetcher, fetcher
from envcheck.rehearsal.plan import Plan, elsewhere
from envcheck.rehearsal.pythons import Machine, Shelf, brought, shelf
from envcheck.rehearsal.way import Setup
from envcheck.required import lists_of


@dataclass(frozen=True)
class Wanted:
    """The command's words; `timeout` is in seconds, for installing and for each cell."""

    chapters: tuple[str, ...]
    course: str | None
    pythons: tuple[str, ...]
    before: str | None
    again: bool
    quick: bool
    notebooks: bool
    timeout: float
    jobs: int
    format_: str
    output: str | None
    reports: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where a rehearsal is prepared: as in its stage, where `folder` is thrown away afterwards."""

    folder: Path
    processes: Processes
    variables: Mapping[str, str]
    say: Callable[[str], object]


def plan(wanted: Wanted, place: Place) -> Plan:
    """What is to be rehearsed. Raises UsageProblem."""
    variables = place.variables
    course, before = _course(wanted.course), _day(wanted.before)
    chapters = _chapters(course, wanted.chapters)
    course = replace(course, chapters=tuple(c for c in course.chapters if c.id in chapters))
    there = elsewhere(course, variables)
    here = replace(course, chapters=tuple(c for c in course.chapters if c.id not in there))
    installed = setups.setups(here, variables, before, wanted.notebooks)
    takes = {chapter.id: lists_of(course, chapter).python for chapter in here.chapters}
    pythons = _shelf(installed, wanted, course, [*dict.fromkeys(takes.values())], place)
    return Plan(
        course=course,
        chapters=chapters,
        columns=pythons.columns,
        missed=pythons.missed,
        setups=installed,
        before=before,
        timeout=wanted.timeout,
        jobs=wanted.jobs,
        options=_options(wanted),
        takes=takes,
        elsewhere=there,
    )


def _options(wanted: Wanted) -> tuple[str, ...]:
    """For envcheck's command in each cell."""
    quick = ("--quick",) if wanted.quick else ()
    return (*quick, *(("--notebooks", "--installing-cells") if wanted.notebooks else ()))


def _course(named: str | None) -> CourseFile:
    """The course file that is named, or the nearest one."""
    file = here.course_file(named)
    if file is None:
        raise UsageProblem(
            "there is no envcheck.toml in this folder or above; `envcheck adopt` writes one"
        )
    return read(file)


def _chapters(course: CourseFile, asked: Sequence[str]) -> tuple[str, ...]:
    every = tuple(chapter.id for chapter in course.chapters)
    for name in asked:
        if name not in (*every, "all"):
            raise unknown("chapter", name, every)
    return every if not asked or "all" in asked else tuple(dict.fromkeys(asked))


def _day(before: str | None) -> str:
    """The day as YYYY-MM-DD; empty for none."""
    if before is None:
        return ""
    try:
        return datetime.date.fromisoformat(before).isoformat()
    except ValueError:
        raise UsageProblem(f"--before {before}: write the day as in 2026-09-01") from None


def _shelf(
    installed: Sequence[Setup],
    wanted: Wanted,
    course: CourseFile,
    takes: Sequence[str],
    place: Place,
) -> Shelf:
    ways = [setup.way for setup in installed if setup.way.brings_python]
    if not ways:
        fetched = _fetcher(wanted, course, place) if installed else None
        return shelf(
            wanted.pythons, takes or [""], Machine(place.variables, place.processes, fetched)
        )
    if wanted.pythons:
        raise UsageProblem(f"--python: {ways[0].name} takes the Python that {ways[0].file} names")
    files = dict.fromkeys(way.file for way in ways)
    return brought([*files])


def _fetcher(wanted: Wanted, course: CourseFile, place: Place) -> Fetcher | None:
    folders = (place.folder, course.folder)
    return fetcher(folders, place.variables, place.processes, wanted.timeout, place.say)
