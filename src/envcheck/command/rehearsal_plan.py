"""From the words of `envcheck rehearse` to what is to be done."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from envcheck.course_file import finding
from envcheck.course_file.reading import read
from envcheck.course_file.values import CourseFile
from envcheck.errors import UsageProblem, unknown
from envcheck.processes.process import Processes
from envcheck.rehearsal.matrix import Column
from envcheck.rehearsal.plan import Plan
from envcheck.rehearsal.pythons import columns
from envcheck.rehearsal.way import Way, way_of


@dataclass(frozen=True)
class Wanted:
    """The command's words; `timeout` is in seconds, for installing and for each cell."""

    chapters: tuple[str, ...]
    course: str | None
    pythons: tuple[str, ...]
    before: str | None
    again: bool
    quick: bool
    timeout: float
    jobs: int
    format_: str
    output: str | None
    reports: tuple[str, ...]


def plan(wanted: Wanted, variables: Mapping[str, str], processes: Processes) -> Plan:
    """What is to be rehearsed. Raises UsageProblem."""
    course, before = _course(wanted.course), _day(wanted.before)
    chapters = _chapters(course, wanted.chapters)
    way = way_of(course, variables, before)
    return Plan(
        course=replace(course, chapters=tuple(c for c in course.chapters if c.id in chapters)),
        chapters=chapters,
        columns=_columns(way, wanted.pythons, course.python, variables, processes),
        way=way,
        before=before,
        timeout=wanted.timeout,
        jobs=wanted.jobs,
        options=("--quick",) if wanted.quick else (),
    )


def _course(named: str | None) -> CourseFile:
    """The course file that is named, or the nearest one."""
    file = finding.named(Path(os.path.expanduser(named))) if named else finding.nearest(Path.cwd())
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


def _columns(
    way: Way,
    asked: Sequence[str],
    allowed: str,
    variables: Mapping[str, str],
    processes: Processes,
) -> tuple[Column, ...]:
    if not way.brings_python:
        return columns(asked, allowed, variables, processes)
    if asked:
        raise UsageProblem(f"--python: {way.name} takes the Python that {way.file} names")
    return (Column(f"of {way.file}"),)
