"""The checks of a chapter as its course wants them taken: which count for nothing for a while, and
which are for some systems alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from envcheck import Check
from envcheck.course_file.values import CourseChapter, CourseFile
from envcheck_checks.course_file.only_on import refuse_unlisted, with_systems
from envcheck_checks.course_file.waived import refuse_unknown, with_waivers


def as_said(
    file: CourseFile, chapter: CourseChapter, made: Callable[[CourseChapter], Sequence[Check]]
) -> tuple[Check, ...]:
    """The checks that `made` gives for this chapter. Raises UsageProblem where the course speaks of a
    check that there is not.
    """

    def ids_of(id: str) -> list[str] | None:
        try:
            return [check.id for check in made(file.chapter(id))]
        except Exception:
            if id == chapter.id:
                raise
            return None  # another chapter's list that cannot be read ends only runs of that one

    refuse_unknown(file, ids_of)
    refuse_unlisted(file, chapter, ids_of)
    waived = with_waivers(made(chapter), file, datetime.date.today())
    return with_systems(waived, chapter.asked.only)
