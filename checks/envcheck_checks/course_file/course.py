"""An `envcheck.toml` as a course: its chapters with checks that exist already, and those of this
room.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path

from envcheck import Chapter, Check, Course, Lazy
from envcheck.course_file.values import CourseFile
from envcheck.declared.declared import Declarations
from envcheck.declared.reading import read
from envcheck.required import Lists, lists_of


def course(file: CourseFile, pages: Course) -> Course:
    """The course; its checks are made, and its lists of packages read, when somebody asks for a
    chapter. `pages` is the course whose long pages and codes explain the same checks,
    and whose tracks have the tools.
    """
    read_once = cache(read)  # of a list that several chapters have
    return Course(
        file.id,
        file.title,
        [
            Chapter(
                chapter.id,
                chapter.title,
                Lazy(partial(_checks, file, index, pages, read_once)),
                hints=chapter.asked.hint,
                folder=chapter.folder,
                conda=chapter.asked.conda or "",
                unlisted=Lazy(partial(_checks, file, index, pages, None)),
            )
            for index, chapter in enumerate(file.chapters)
        ],
        pages=pages.pages,
        codes=pages.codes,
        help=file.help,
        where=pages.where,
    )


def _checks(
    file: CourseFile, index: int, pages: Course, read: Callable[[Path, str], Declarations] | None
) -> Sequence[Check]:
    """Without `read` as if no list named anything."""
    from envcheck_checks.course_file.chapter import checks

    given = partial(lists_of, file, read=read) if read else lambda _: Lists()
    return checks(file, file.chapters[index], given, pages.tracks)
