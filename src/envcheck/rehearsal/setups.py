"""Which chapters of a rehearsal share an environment."""

from __future__ import annotations

from collections.abc import Mapping

from envcheck.course_file.values import CourseChapter, CourseFile
from envcheck.errors import UsageProblem
from envcheck.rehearsal.way import Setup, way_of


def setups(
    course: CourseFile, variables: Mapping[str, str], before: str, notebooks: bool
) -> tuple[Setup, ...]:
    """What is installed for which chapters: those share an environment that ask for the very same, and
    whose notebooks put nothing into it. Raises UsageProblem where conda's Python would stand beside
    this machine's: the columns would mean two things.
    """
    alike: dict[tuple[object, ...], list[CourseChapter]] = {}
    for chapter in course.chapters:
        same = (chapter.asked.requires, frozenset(chapter.asked.packages))
        alike.setdefault((*same, chapter.id) if notebooks else same, []).append(chapter)
    made = tuple(
        Setup(
            way_of(
                course.folder, each[0].asked.requires, variables, before, each[0].asked.packages
            ),
            each[0].asked.requires,
            each[0].asked.packages,
            tuple(chapter.id for chapter in each),
        )
        for each in alike.values()
    )
    if len({setup.way.brings_python for setup in made}) > 1:
        rows = (f"envcheck rehearse {' '.join(setup.chapters)}" for setup in made)
        lines = "\n".join(f"    {row}" for row in rows)
        raise UsageProblem(f"conda installs some chapters, and others do without it:\n{lines}")
    return made
