"""What a check of a described course says of the machine that the tests run on."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from envcheck import Chapter, Check, Course
from envcheck.run.result import CheckResult
from envcheck.testing import run_course
from envcheck_checks.course_file.chapter_place import ChapterPlace


def place(root: Path, folder: str = "ch1", notebooks: tuple[str, ...] = ()) -> ChapterPlace:
    """A chapter `w` in this folder of a course, which may be of these notebooks alone."""
    (root / folder).mkdir(parents=True, exist_ok=True)
    return ChapterPlace("w", root / folder, root, notebooks)


def result_of(
    check: Check,
    folder: Path,
    variables: Mapping[str, str] | None = None,
    python: str = sys.executable,
) -> CheckResult:
    """The last result of a run of this check, in this folder."""
    course = Course("a", "A", [Chapter("w", "W", [check])])
    report = run_course(course, "w", folder=folder, variables=variables, python=python)
    return report.results[-1]
