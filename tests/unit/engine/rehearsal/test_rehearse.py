"""What a kept cell depends on, besides its chapter and its Python."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from envcheck.course_file.values import CourseFile
from envcheck.processes.process import Processes
from envcheck.rehearsal.plan import Plan, Stage
from envcheck.rehearsal.rehearse import depends_on
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


def test_the_day_and_the_variables(plan: Plan, stage: Stage) -> None:
    """A waiver that held in the evening is over at midnight, and the cell that it made green with it."""
    made = depends_on(plan, stage, DAY)
    assert depends_on(plan, stage, DAY + datetime.timedelta(days=1)) != made
    assert depends_on(plan, replace(stage, variables={"KEY": "b"}), DAY) != made
