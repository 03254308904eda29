"""Chapters and checks that are for some systems alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from envcheck import Check
from envcheck.course_file.asked import Only
from envcheck.course_file.blame import wrong_item
from envcheck.course_file.values import CourseChapter, CourseFile


def with_systems(checks: Sequence[Check], only: Sequence[Only]) -> tuple[Check, ...]:
    """The checks, each with the systems that it is for. Of what is said of all of them the last
    counts: the chapter's own word comes after the course's.
    """
    of_all = next((row.on for row in reversed(only) if not row.checks), ())
    own = {id: row.on for row in only for id in row.checks}
    return tuple(replace(check, only_on=own.get(check.id, of_all)) for check in checks)


def refuse_unlisted(
    file: CourseFile, chapter: CourseChapter, ids_of: Callable[[str], Sequence[str]]
) -> None:
    """Raises UsageProblem for a check that no chapter has. `ids_of` gives those of a chapter."""
    for id in dict.fromkeys(id for row in chapter.asked.only for id in row.checks):
        if not any(id in ids_of(each.id) for each in file.chapters):
            raise wrong_item(
                file.file, chapter.id, ("only", "checks", id), f"no chapter has a check `{id}`"
            )
