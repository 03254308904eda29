"""Checks that a course does not count for a while."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import get_close_matches

from envcheck import Check
from envcheck.course_file.reading import wrong
from envcheck.course_file.values import CourseFile


def with_waivers(
    checks: Sequence[Check], file: CourseFile, today: datetime.date
) -> tuple[Check, ...]:
    """The checks of a chapter, those that the course waives with their waiver. Those that they need
    are among them.
    """
    return tuple(_waived(check, file, today) for check in checks)


def _waived(check: Check, file: CourseFile, today: datetime.date) -> Check:
    waiver = file.waived.get(f"{check.scope}.{check.id}")
    if waiver is None:
        return check
    return replace(check, waiver=waiver.on(today))


def refuse_unknown(file: CourseFile, ids_of: Callable[[str], Sequence[str] | None]) -> None:
    """Raises UsageProblem, with its line, for a waiver of a check that there is not. `ids_of` gives
    those of a chapter, None where nobody can tell; where it has checks in Python, too, whoever loads those tells.
    """
    for name in file.waived:
        chapter, _, id = name.partition(".")
        ids = ids_of(chapter)
        if ids is not None and id not in ids and not file.chapter(chapter).asked.checks:
            near = get_close_matches(id, ids, n=1, cutoff=0.3)
            hint = f"; the nearest is `{chapter}.{near[0]}`" if near else ""
            raise wrong(file.file, ("waive", name), f"no chapter has a check `{name}`{hint}")
