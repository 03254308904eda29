"""What is installed for which chapters of a rehearsal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given, strategies

from envcheck.course_file.asked import Asked
from envcheck.course_file.values import CourseChapter, CourseFile
from envcheck.rehearsal.setups import setups
from envcheck.rehearsal.way import Setup

NAMES = strategies.lists(strategies.sampled_from(["a", "b", "c"]), unique=True).map(tuple)
ASKED = strategies.builds(Asked, requires=NAMES.map(lambda names: tuple(f"{n}.txt" for n in names)), packages=NAMES)  # fmt: skip


def setup_of(course: CourseFile, chapter: CourseChapter, notebooks: bool) -> Setup:
    """What is installed for this chapter."""
    made = setups(course, {"PATH": ""}, "", notebooks)
    (own,) = (setup for setup in made if chapter.id in setup.chapters)
    return own


@given(strategies.lists(ASKED, min_size=1, max_size=5), strategies.booleans())
def test_a_chapter_gets_the_same_alone_and_among_others(each: list[Asked], notebooks: bool) -> None:
    """And shares it with no other one whose notebooks may install something."""
    chapters = tuple(CourseChapter(f"week{number}", "", asked) for number, asked in enumerate(each))
    course = CourseFile(Path("course/envcheck.toml"), "c", "", chapters)
    for chapter in chapters:
        own = setup_of(course, chapter, notebooks)
        alone = setup_of(replace(course, chapters=(chapter,)), chapter, notebooks)
        assert (own.way, own.requires) == (alone.way, alone.requires)
        assert {*own.packages} == {*alone.packages} == {*chapter.asked.packages}
        assert not notebooks or own.chapters == (chapter.id,)
