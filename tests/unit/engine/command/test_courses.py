"""Which course a word of the command line means."""

from __future__ import annotations

import sys

import pytest

from envcheck import Chapter, Course
from envcheck.command import courses
from envcheck.errors import UsageProblem
from envcheck.run.plugins import Broken, Loaded

OURS = Course("ours", "Ours", [Chapter("week1", "First", [])], [Chapter("tables", "Tables", [])])
OTHER = Course("other", "Other", [Chapter("week1", "Another", []), Chapter("week2", "Second", [])])
LOADED = Loaded((OURS, OTHER))


@pytest.mark.parametrize(
    ("chapters", "tracks", "course"),
    [
        (("week1",), (), OURS),
        (("week2",), (), OTHER),
        (("all",), (), OURS),
        ((), ("tables",), OURS),
        (("week2",), ("tables",), OTHER),
    ],
)
def test_the_first_word_decides(
    chapters: tuple[str, ...], tracks: tuple[str, ...], course: Course
) -> None:
    """Where two courses have a chapter of that name, the first course has it."""
    assert courses.choose(LOADED, chapters, tracks) is course


def test_a_name_that_nobody_has() -> None:
    """The nearest is named, of the same kind."""
    with pytest.raises(UsageProblem, match="no chapter `week3`; the nearest is `week"):
        courses.choose(LOADED, ("week3",), ())
    with pytest.raises(UsageProblem, match="no track `table`; the nearest is `tables`"):
        courses.choose(LOADED, (), ("table",))


def test_no_course_at_all() -> None:
    """Then the courses that could not be loaded are named."""
    broken = Broken("x", "a-package", "it is broken")
    with pytest.raises(UsageProblem, match="no course is installed\nthe course `x`"):
        courses.choose(Loaded((), (broken,)), ("week1",), ())


def test_names_and_titles() -> None:
    """Each chapter is listed once, with the title of the course that has it."""
    assert courses.chapter_names(LOADED) == ["week1", "week2", "all"]
    titles = [courses.chapter_title(LOADED, name) for name in ("week1", "all", "mine")]
    assert titles == ["First", "Every chapter.", "A chapter of the course file."]


def test_a_chapter_of_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """With --course any word may name a chapter; the file is read later."""
    monkeypatch.setattr(sys, "argv", ["envcheck", "mine"])
    assert not courses.may_be_chapter(LOADED, "mine")
    monkeypatch.setattr(sys, "argv", ["envcheck", "mine", "--course=x.py"])
    assert courses.may_be_chapter(LOADED, "mine")
