"""No environment is made over what stands at its place: what works is used, all else moved aside."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from envcheck import Rename, Run, UsePython
from envcheck.environment import Environment, Located
from envcheck.fixes.advice import new_environment
from envcheck.fixes.standing import python_in
from envcheck.model import Confidence, Course
from envcheck.run.request import Request
from envcheck.run.workplace import environment
from envcheck.target.interpreter import Interpreter, question


@contextmanager
def learner(folder: Path, located: str = sys.executable) -> Iterator[Environment]:
    """A real machine without uv: questions are asked of real Pythons."""
    request = Request(Course("", "", []), (), (), Located((located,), "the test"), {"PATH": str(folder / "none"), "HOME": str(folder)}, folder, timeout=60)  # fmt: skip
    with environment(request) as env:
        yield env


def make(place: Path) -> Path:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    return place


def asked(env: Environment, command: str) -> Interpreter:
    answer = question(env, (command,))
    assert isinstance(answer, Interpreter)
    return answer


def own_base() -> str:
    """A Python that is no environment."""
    return os.path.realpath(sys.executable)


def test_one_that_works_is_used(tmp_path: Path) -> None:
    """It is the learner's: somebody must say so."""
    place = make(tmp_path / ".venv")
    with learner(tmp_path, own_base()) as env:
        fix = new_environment(env, asked(env, own_base()), ["numpy"])
    run, use = fix.steps
    assert isinstance(run, Run)
    assert run.argv[0] == str(python_in(place))
    assert run.argv[-1] == "numpy"
    assert isinstance(use, UsePython)
    assert use.python == str(python_in(place))
    assert fix.confidence is Confidence.ASK


def test_one_whose_python_the_course_is_not_for(tmp_path: Path) -> None:
    """It works and is too old: it is not filled, the fix says so, and it is moved aside if its owner
    says so.
    """
    place = make(tmp_path / ".venv")
    version = ".".join(map(str, sys.version_info[:3]))
    with learner(tmp_path, own_base()) as env:
        newer = replace(asked(env, own_base()), executable="/usr/bin/python3.99")
        fix = new_environment(env, newer, ["numpy"], versions=f">{version}")
        fits = new_environment(env, newer, ["numpy"], versions=f">={version}")
    rename, run, *_ = fix.steps
    assert isinstance(rename, Rename) and rename.source == str(place)
    assert isinstance(run, Run) and run.argv[0] == "/usr/bin/python3.99"
    assert (
        f"in place of the one that has Python {version}, which the course is not for" in fix.title
    )
    assert fix.confidence is Confidence.ASK
    assert not [step for step in fits.steps if isinstance(step, Rename)]


@pytest.mark.parametrize("kind", ["a file", "a folder", "dead", "lost settings"])
def test_anything_else_is_moved_aside(tmp_path: Path, kind: str) -> None:
    place = tmp_path / ".venv"
    if kind == "a file":
        place.write_text("mine")
    elif kind == "a folder":
        (place / "notes").mkdir(parents=True)
    else:
        make(place)
        (place / "pyvenv.cfg").unlink()
    if kind == "dead":
        python_in(place).unlink()
        python_in(place).symlink_to("gone")
    with learner(tmp_path, own_base()) as env:
        fix = new_environment(env, asked(env, own_base()), [])
    aside, made, *_ = fix.steps
    assert isinstance(aside, Rename)
    assert aside.source == str(place)
    assert isinstance(made, Run)
    assert made.argv == (own_base(), "-m", "venv", str(place))
    assert fix.confidence is Confidence.ASK


@pytest.mark.skipif(sys.platform == "win32", reason="moves a folder whose Python runs")
def test_no_python_makes_its_own_successor(tmp_path: Path) -> None:
    """It stands at the place itself, and is not there any more when it would be asked. Carried out,
    the steps give an environment.
    """
    place = make(tmp_path / ".venv")
    with learner(tmp_path, str(python_in(place))) as env:
        fix = new_environment(env, asked(env, str(python_in(place))), [])
    aside, made, *_ = fix.steps
    assert isinstance(aside, Rename)
    assert isinstance(made, Run)
    assert place not in Path(made.argv[0]).parents
    os.rename(aside.source, aside.to)  # noqa: PTH104
    subprocess.run([*made.argv[:3], "--without-pip", made.argv[3]], check=True)
    assert python_in(place).exists()
