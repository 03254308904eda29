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
from tests.unit.plain_user import as_plain_user

from envcheck import Rename, Run, UsePython
from envcheck.environment import Environment, Located
from envcheck.fixes import standing
from envcheck.fixes.advice import new_environment
from envcheck.fixes.standing import python_in
from envcheck.model import Confidence, Course
from envcheck.run.request import Request
from envcheck.run.workplace import environment
from envcheck.target.asked import pythons_asked_for
from envcheck.target.interpreter import Interpreter, question

linux_only = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only on a Linux where root may be another"
)


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


def open_to_all(*folders: Path) -> None:
    """Let others in, and let them write into the last."""
    closed = (above for above in folders[0].parents if above.stat().st_mode & 0o5 != 0o5)
    for folder in (*closed, *folders):
        folder.chmod(0o755)
    folders[-1].chmod(0o777)


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
        env.preload(pythons_asked_for.name, f">{version}")
        newer = replace(asked(env, own_base()), executable="/usr/bin/python3.99")
        fix = new_environment(env, newer, ["numpy"])
        env.preload(pythons_asked_for.name, f">={version}")
        fits = new_environment(env, newer, ["numpy"])
    rename, run, *_ = fix.steps
    assert isinstance(rename, Rename) and rename.source == str(place)
    assert isinstance(run, Run) and run.argv[0] == "/usr/bin/python3.99"
    assert (
        f"in place of the one that has Python {version}, which the course is not for" in fix.title
    )
    assert fix.confidence is Confidence.ASK
    assert not [step for step in fits.steps if isinstance(step, Rename)]


def test_one_that_has_everything_is_only_activated(tmp_path: Path) -> None:
    """Nothing is installed again: pip would ask the network for what is there."""
    place = make(tmp_path / "venv")
    with learner(tmp_path, own_base()) as env:
        site = Path(asked(env, str(python_in(place))).paths["purelib"], "numpy-2.0.dist-info")
        site.mkdir()
        (site / "METADATA").write_text("Metadata-Version: 2.1\nName: numpy\nVersion: 2.0\n")
        (use,) = new_environment(env, asked(env, own_base()), ["numpy>=1.17"]).steps
        run, _ = new_environment(env, asked(env, own_base()), ["numpy>=2.1", "pandas"]).steps
    assert isinstance(use, UsePython)
    assert use.python == str(python_in(place))
    assert isinstance(run, Run)
    assert run.argv[-2:] == ("numpy>=2.1", "pandas")


@linux_only
def test_what_is_somebody_elses_stays(tmp_path: Path) -> None:
    """A folder that several may write: the environment of another is neither filled nor moved."""
    class_folder = tmp_path / "class"
    class_folder.mkdir()
    make(class_folder / ".venv")
    open_to_all(tmp_path, class_folder)
    with learner(class_folder, own_base()) as env:
        base = asked(env, own_base())
        open_to_all(env.neutral_folder, env.scratch)  # in a run they are the same person's
        with as_plain_user():
            fix = new_environment(env, base, ["numpy"])
    made = fix.steps[0]
    assert isinstance(made, Run)
    assert made.argv[-1] == str(class_folder / "venv")
    assert "`.venv` there belongs to somebody else" in fix.title
    assert not fix.automatic


@linux_only
def test_a_course_folder_that_is_not_the_learners(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing can be made in it: the environment is made at home, and is found there again."""
    course, home = tmp_path / "ml", tmp_path / "home"
    for folder in (course, home):
        folder.mkdir()
    open_to_all(tmp_path, home)
    with learner(course, own_base()) as env:
        env.variables["HOME"] = str(home)
        base = asked(env, own_base())
        with as_plain_user():
            made = new_environment(env, base, ["numpy"])
        inside = python_in(home / "ml-venv")
        inside.parent.mkdir(parents=True)
        inside.touch()
        there = replace(base, prefix=str(home / "ml-venv"))
        monkeypatch.setattr(standing, "question", lambda *_: there)
        with as_plain_user():
            used = standing.look(env, base, ["numpy"])
    step = made.steps[0]
    assert isinstance(step, Run)
    assert step.argv[-1] == str(home / "ml-venv")
    assert f"since you may not write into {course}" in made.title
    assert used.there == there


@pytest.mark.parametrize("course", ["week:1", "week:1/tasks"])
def test_where_no_environment_could_be_put_on_path(tmp_path: Path, course: str) -> None:
    """It goes into the home; one that stands in such a folder is not what is offered."""
    folder, home = tmp_path / course.replace(":", os.pathsep), tmp_path / "home"
    folder.mkdir(parents=True)
    make(tmp_path / "made").rename(folder / ".venv")
    home.mkdir()
    with learner(folder, own_base()) as env:
        env.variables["HOME"] = str(home)
        made = new_environment(env, asked(env, own_base()), ["numpy"])
    step = made.steps[0]
    assert isinstance(step, Run)
    name = f"{folder.name.replace(os.pathsep, '-')}-venv"
    assert step.argv[-1] == str(home / name)
    assert f"a folder with `{os.pathsep}` in its name" in made.title


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
    assert "in place of the one there, which does not work" in fix.title


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
