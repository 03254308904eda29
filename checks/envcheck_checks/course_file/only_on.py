"""Chapters and checks that are for some systems alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from envcheck import Check
from envcheck.course_file.asked import Only, systems_for
from envcheck.course_file.blame import wrong_item
from envcheck.course_file.values import CourseChapter, CourseFile


def with_systems(checks: Sequence[Check], only: Sequence[Only]) -> tuple[Check, ...]:
    """The checks, each with the systems that it is for."""
    return tuple(replace(check, only_on=systems_for(only, check.id)) for check in checks)


def refuse_unlisted(
    file: CourseFile, chapter: CourseChapter, ids_of: Callable[[str], Sequence[str] | None]
) -> None:
    """Raises UsageProblem for a check that no chapter has. `ids_of` gives those of a chapter,
    None where nobody can tell.
    """
    if any(each.asked.checks for each in file.chapters):
        return  # whose ids are known only when they have been loaded
    for id in dict.fromkeys(id for row in chapter.asked.only for id in row.checks):
        each_ids = (ids_of(each.id) for each in file.chapters)
        if not any(ids is None or id in ids for ids in each_ids):
            raise wrong_item(
                file.file, chapter.id, ("only", "checks", id), f"no chapter has a check `{id}`"
            )
