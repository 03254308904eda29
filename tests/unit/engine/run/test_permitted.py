"""Which fixes a report calls automatic: none that `--fix` would refuse."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from envcheck import (
    Chapter,
    Confidence,
    Course,
    Environment,
    Fix,
    Outcome,
    Rename,
    Run,
    Step,
    Tell,
    Write,
    check,
    fail,
    ok,
)
from envcheck.fixes.advice import tell
from envcheck.run.permitted import permitted, why_not
from envcheck.testing import described, examine, fails, interpreter, run_course

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the described paths are POSIX's")


def machine(folder: Path) -> Environment:
    python = interpreter(prefix=str(folder / ".venv"))
    return described(folder=folder, python=python, variables={"HOME": str(folder / "home")})


def judged(folder: Path, *steps: Step) -> Confidence:
    return permitted(Fix("mend it", steps), machine(folder)).confidence


def test_what_is_refused_is_shown(tmp_path: Path) -> None:
    """One refused step is enough, wherever it stands; the steps are still there to be read."""
    inside, outside = Write(str(tmp_path / "a"), ""), Write("/srv/a", "")
    assert judged(tmp_path, inside) is Confidence.SURE
    assert judged(tmp_path, inside, outside) is Confidence.ASK
    assert judged(tmp_path, Run(("sudo", "apt", "install", "x"))) is Confidence.ASK
    assert permitted(Fix("", (outside,)), machine(tmp_path)).steps == (outside,)


def test_what_a_person_decides_stays_as_it_is(tmp_path: Path) -> None:
    """Only a fix that a program would carry out is asked about."""
    likely = Fix("", (Write("/srv/a", ""),), Confidence.LIKELY)
    told = Fix("", (Write("/srv/a", ""), Tell("and wait")))
    for fix in (likely, told, tell("show this", "Show this.")):
        assert permitted(fix, machine(tmp_path)) is fix


def test_an_environment_that_the_fix_makes_itself(tmp_path: Path) -> None:
    """It is not questioned before it is there, nor is what lies in its place."""
    place = tmp_path / ".venv2"
    inside = place / "bin" / "python"
    inside.parent.mkdir(parents=True)
    inside.touch()
    fill = Run((str(inside), "-m", "pip", "install", "numpy"))
    aside = Rename(str(place), f"{place}.old")
    make = Run(("/usr/bin/python3", "-m", "venv", str(place)))
    assert judged(tmp_path, aside, make, fill) is Confidence.SURE
    assert judged(tmp_path, make, fill) is Confidence.SURE
    into_the_system = Run(("/usr/bin/python3", "-m", "pip", "install", "numpy"))
    with pytest.raises(AssertionError, match="starts nothing"):  # it is questioned
        why_not(machine(tmp_path), Fix("", (make, into_the_system)))


@check("outside")
def outside_check(env: Environment) -> Outcome:
    """Outside"""
    return fail("file-in-the-way", "a file is in the way", Fix("", (Write("/srv/a", ""),)))


@check("fine")
def fine_check(env: Environment) -> Outcome:
    """Fine"""
    return ok("well")


def test_reports_and_tests_of_courses_say_the_same(tmp_path: Path) -> None:
    env = machine(tmp_path)
    assert not fails(outside_check, env, "file-in-the-way").fixes[0].automatic
    assert examine(fine_check, env) == ok("well")
    course = Course("c", "C", [Chapter("w", "W", [outside_check])])
    (cause,) = run_course(course, "w", env=env).causes
    assert not cause.diagnosis.fixes[0].automatic
