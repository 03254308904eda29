"""Which folder is an environment that has lost its pyvenv.cfg: asked about real ones."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from envcheck import Environment, Rename, Run, UsePython
from envcheck.environment import Located
from envcheck.fixes import snapshot, unfinished
from envcheck.model import Fix
from envcheck.run.permitted import permitted, why_not
from envcheck.target.belongings import outside
from envcheck.target.interpreter import interpreter as interpreter_of
from envcheck.target.locate import locate
from envcheck.target.lost_settings import environment_around, has_lost_settings
from envcheck.testing import described, interpreter
from envcheck_checks.python import lost_settings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the described paths are POSIX's")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Such an environment, outside of the course folder and the home."""
    folder = tmp_path / "environments" / "ml"
    made = (sys.executable, "-I", "-m", "venv", "--without-pip", str(folder))
    subprocess.run(made, check=True, timeout=60)
    (folder / "pyvenv.cfg").unlink()
    return folder


def machine(tmp_path: Path, place: Path) -> Environment:
    """Its Python answers with the prefix of the one that it was made from."""
    base = interpreter(prefix="/usr", kind="system")
    python = replace(base, executable=str(place / "bin" / "python"))
    located = Located((python.executable,), "the active virtual environment")
    return described(folder=tmp_path / "course", python=python, located=located)


def test_its_fix_is_carried_out(tmp_path: Path, place: Path) -> None:
    """The diagnosis, and what the policy says of the fix that it calls automatic."""
    env = machine(tmp_path, place)
    said = permitted(lost_settings.diagnose(interpreter_of(env)), env)
    assert said is not None and said.code == "python-environment-broken"
    assert said.fixes[0].automatic, why_not(env, said.fixes[0])


def test_what_lies_beside_it_is_not_touched(tmp_path: Path, place: Path) -> None:
    env = machine(tmp_path, place)
    for other in (place.parent, place.parent / "other", place / ".." / "other"):
        assert outside(env, Run(("mv", str(other), "x"))) == str(other)
    assert outside(env, Rename(f"{place}/a", f"{place}/b")) == ""


@pytest.mark.parametrize("mark", ["conda-meta", "pyvenv.cfg"])
def test_one_that_has_its_mark(place: Path, mark: str) -> None:
    (place / mark).mkdir()
    assert not has_lost_settings(place)


@pytest.mark.parametrize("gone", ["bin/activate", "lib"])
def test_a_folder_that_is_none(place: Path, gone: str) -> None:
    """One mark alone is not enough, nor is a script of another kind."""
    (place / gone).rename(place / "moved")
    assert not has_lost_settings(place)


def test_condas_own_script_is_another(place: Path) -> None:
    (place / "bin" / "activate").write_text('_CONDA_ROOT="/opt/conda"\n')
    assert environment_around(str(place / "bin" / "python")) is None


def test_it_is_still_the_folders_environment(tmp_path: Path, place: Path) -> None:
    """`.venv` is located, so that what it lost is named, and nothing is built over it."""
    place.rename(tmp_path / ".venv")
    found = locate(None, {"PATH": ""}, tmp_path)
    assert found.command == (str(tmp_path / ".venv/bin/python"),)


def test_an_installation_is_no_environment(tmp_path: Path) -> None:
    assert environment_around("/usr/bin/python3") is None
    assert environment_around(str(tmp_path / "python")) is None
    assert Fix("", (UsePython("/usr/bin/python3"),)).automatic


def test_what_venv_writes_once_more_is_taken_back(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its settings and its scripts, and nobody else's; also where it was ended before it had come to
    its end.
    """
    monkeypatch.setattr(snapshot, "question", lambda *_: None)  # its Python is no environment
    env = machine(tmp_path, place)
    base, aside = sys.executable, place / "bin" / "activate.envcheck-backup-1"
    (place / "bin" / "activate").rename(aside)
    assert environment_around(str(place / "bin" / "python")) == place
    step = Run((base, "-m", "venv", "--without-pip", str(place)))
    before = snapshot.take(env, base, step.argv)
    noted = unfinished.begun(step, (), before)
    assert snapshot.find_undo_steps(env, before, step.argv) == ()
    for name in ("pyvenv.cfg", "bin/activate", "bin/activate.xsh", "bin/black", "notes.txt"):
        (place / name).touch()
    made = [str(place / name) for name in ("bin/activate", "bin/activate.xsh", "pyvenv.cfg")]
    for steps in (
        snapshot.find_undo_steps(env, before, step.argv),
        unfinished.find_undo(env, noted)[0],
    ):
        assert [each.source for each in steps if isinstance(each, Rename)] == made


def test_a_new_environment_is_taken_back_as_a_whole(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "question", lambda *_: None)
    env = machine(tmp_path, place)
    step = Run((sys.executable, "-m", "venv", str(env.folder / ".venv")))
    env.folder.mkdir(exist_ok=True)
    before = snapshot.take(env, sys.executable, step.argv)
    noted = unfinished.begun(step, (), before)
    (env.folder / ".venv" / "bin").mkdir(parents=True)
    for steps in (
        snapshot.find_undo_steps(env, before, step.argv),
        unfinished.find_undo(env, noted)[0],
    ):
        assert [each.source for each in steps if isinstance(each, Rename)] == [
            str(env.folder / ".venv")
        ]
