"""What a kept cell depends on, besides its chapter and its Python."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from envcheck.course_file.asked import Asked, Only
from envcheck.course_file.values import CourseChapter, CourseFile
from envcheck.processes.process import Processes
from envcheck.rehearsal.matrix import Cause, Column, State
from envcheck.rehearsal.plan import Plan, Stage, elsewhere
from envcheck.rehearsal.rehearse import depends_on, rehearse
from envcheck.rehearsal.way import Setup, Way

DAY = datetime.date(2026, 12, 1)


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    (tmp_path / "envcheck.toml").write_text("course = 'a'")
    course = CourseFile(tmp_path / "envcheck.toml", "a", "A", ())
    return Plan(course, ("week1",), (), (Setup(Way("pip"), (), (), ("week1",)),))


@pytest.fixture
def stage(tmp_path: Path, processes: Processes) -> Stage:
    return Stage(tmp_path, processes, {"KEY": "a"}, None, print)


def write(plan: Plan) -> Plan:
    (plan.course.folder / "a.csv").write_text("1")
    return plan


@pytest.mark.parametrize(
    "other",
    [
        write,
        lambda plan: replace(plan, before="2026-09-01"),
        lambda plan: replace(plan, options=("--quick",)),
        lambda plan: replace(plan, setups=()),
    ],
)
def test_what_is_planned(plan: Plan, stage: Stage, other: Callable[[Plan], Plan]) -> None:
    made = depends_on(plan, stage, DAY)
    assert depends_on(plan, stage, DAY) == made
    assert depends_on(other(plan), stage, DAY) != made


def test_a_chapter_of_another_system_is_neither_installed_nor_run(plan: Plan, stage: Stage) -> None:
    """So that its cell is the same on every Python, and nothing is waited for."""
    columns = (Column("3.12.4", "/nowhere/python"), Column("3.13.0", "/nowhere/python3.13"))
    elsewhere = replace(plan, columns=columns, elsewhere={"week1": "only on Windows"})
    made = rehearse(elsewhere, stage)
    assert [(cell.state, cell.cause) for cell in made.cells] == [
        (State.NOT_HERE, Cause("only on Windows"))
    ] * 2


def test_which_chapters_are_of_another_system(plan: Plan) -> None:
    """By the learners' own word, where no check of theirs is for this one."""
    only = {
        "here": (Only(("linux", "macos", "windows")),),
        "there": (Only(()), Only(("nowhere",))),
        "some": (Only(("nowhere",)), Only(("linux", "macos", "windows"), ("python",))),
    }
    chapters = tuple(CourseChapter(id, "", Asked(only=rows)) for id, rows in only.items())
    made = elsewhere(replace(plan.course, chapters=chapters), {})
    assert [*made] == ["there"]
    assert made["there"].startswith("only on nowhere; this is ")


def test_the_day_and_the_variables(plan: Plan, stage: Stage) -> None:
    """A waiver that held in the evening is over at midnight, and the cell that it made green with it."""
    made = depends_on(plan, stage, DAY)
    assert depends_on(plan, stage, DAY + datetime.timedelta(days=1)) != made
    assert depends_on(plan, replace(stage, variables={"KEY": "b"}), DAY) != made
