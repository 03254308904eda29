"""What is installed for which chapters of a rehearsal."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, strategies

from envcheck.command import rehearsal_plan
from envcheck.command.rehearsal_plan import Place, Wanted
from envcheck.course_file.asked import Asked, Only
from envcheck.course_file.values import CourseChapter, CourseFile
from envcheck.learners_system import system_of
from envcheck.processes.process import Processes
from envcheck.rehearsal.pythons import Machine, Shelf
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


@pytest.mark.parametrize("asked", [(), ("there",)])
def test_a_chapter_of_another_system_settles_nothing(
    tmp_path: Path, processes: Processes, asked: tuple[str, ...]
) -> None:
    """Neither who installs, nor which Pythons there are: nothing of it happens here."""
    other = "windows" if system_of({}) != "windows" else "linux"
    (tmp_path / "envcheck.toml").write_text(
        'course = "c"\n[chapter.here]\nrequires = ["requirements.txt"]\n'
        '[chapter.there]\nrequires = ["environment.yml"]\npython = ">=3.99"\n'
        f'only = [{{ on = ["{other}"] }}]\n'
    )
    (tmp_path / "requirements.txt").write_text("six\n")
    (tmp_path / "environment.yml").write_text("name: x\ndependencies: [python=3.99, six]\n")
    words = Wanted(asked, str(tmp_path / "envcheck.toml"), (sys.executable,), None, False, False, False, 9, 1, "text", None, ())  # fmt: skip
    made = rehearsal_plan.plan(words, Place(tmp_path / "own", processes, {"PATH": ""}, print))
    assert [each.executable for each in made.columns] == [sys.executable]
    assert {*made.elsewhere} == {"there"}
    assert [each.chapters for each in made.setups] == ([] if asked else [("here",)])
    assert {*made.takes} == (set() if asked else {"here"})


def test_with_no_chapter_of_this_system_there_is_a_table_all_the_same(
    tmp_path: Path, processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the Pythons that are here; none is fetched, for nothing is installed."""
    asked = Asked(python=">=3.99", only=(Only(("nowhere",)),))
    course = CourseFile(tmp_path / "envcheck.toml", "c", "C", (CourseChapter("a", "", asked),))
    asks_for = mock.Mock(return_value=Shelf(()))
    monkeypatch.setattr(rehearsal_plan, "_course", lambda named: course)
    monkeypatch.setattr(rehearsal_plan, "shelf", asks_for)
    words = Wanted((), None, (), None, False, False, False, 9, 1, "text", None, ())
    made = rehearsal_plan.plan(words, Place(tmp_path, processes, {"PATH": ""}, print))
    asks_for.assert_called_once_with((), [""], Machine({"PATH": ""}, processes))
    assert (made.setups, made.way) == ((), "")
