"""What a fix may touch, asked about described machines: nothing is started and nothing
is changed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.unit.described_projects import made

from envcheck import Rename, Run, SetEnv, Tell, Write
from envcheck.run import policy
from envcheck.run.policy import refuse
from envcheck.testing import described, interpreter

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the described paths are POSIX's")


def refused(step: Rename | Run | Write, folder: Path, **variables: str) -> str:
    python = interpreter(prefix=str(folder / "course" / ".venv"))
    env = described(folder=folder / "course", python=python, variables=variables)
    return refuse(env, step)


@pytest.mark.parametrize("place", ["course/random.py", "course/.venv/lib/x.py", "home/.condarc"])
def test_the_learners_own_places(place: str, tmp_path: Path) -> None:
    """The course folder, the environment and the home may be written to."""
    assert refused(Write(str(tmp_path / place), ""), tmp_path, HOME=str(tmp_path / "home")) == ""


@pytest.mark.parametrize("place", ["elsewhere/x", "home2/x", "course/../elsewhere/x"])
def test_everything_else(place: str, tmp_path: Path) -> None:
    """What lies outside is refused by name, also when the way there begins inside."""
    (tmp_path / "course").mkdir()
    why = refused(Write(f"{tmp_path}/{place}", ""), tmp_path, HOME=str(tmp_path / "home"))
    assert why.startswith(f"{tmp_path}/{place} is outside of your environment")


def test_both_ends_of_a_rename(tmp_path: Path) -> None:
    """Nothing is brought in from outside, and nothing is carried out."""
    inside, outside = str(tmp_path / "course" / "a"), str(tmp_path / "b")
    assert refused(Rename(inside, outside), tmp_path)
    assert refused(Rename(outside, inside), tmp_path)
    assert not refused(Rename(inside, f"{inside}.old"), tmp_path)


def test_a_home_that_is_the_whole_disk(tmp_path: Path) -> None:
    """It gives leave to nothing."""
    assert refused(Write("/etc/hosts", ""), tmp_path, HOME="/")


def test_a_folder_that_a_variable_names(tmp_path: Path) -> None:
    """Jupyter's and IPython's folders are the learner's wherever their variables put them."""
    step = Write(str(tmp_path / "far" / "config.py"), "")
    assert refused(step, tmp_path)
    assert not refused(step, tmp_path, JUPYTER_CONFIG_DIR=str(tmp_path / "far"))


@pytest.mark.parametrize("program", ["sudo", "/usr/bin/doas", "runas.exe"])
def test_no_administrator(program: str, tmp_path: Path) -> None:
    """What needs an administrator is printed, never run."""
    assert "administrator" in refused(Run((program, "apt", "install", "x")), tmp_path)
    assert "administrator" in refused(Run(("env", program, "x")), tmp_path)


def test_what_touches_no_file(tmp_path: Path) -> None:
    """Variables and words for a person need no leave."""
    env = described(folder=tmp_path, python=interpreter())
    assert refuse(env, SetEnv("A", "1")) == refuse(env, Tell("do it")) == ""


@pytest.mark.parametrize("option", ["-I", "-P"])
def test_options_of_python_hide_no_installation(
    option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What keeps pip away from the folder's files does not make it another command."""
    python = interpreter(prefix="/usr", kind="system")
    monkeypatch.setattr(policy, "question", lambda env, command: python)
    env = described(folder=tmp_path, python=python)
    plain = Run((python.executable, "-m", "pip", "install", "numpy"))
    isolated = Run((python.executable, option, *plain.argv[1:]))
    assert refuse(env, isolated) == refuse(env, plain) != ""


def test_nothing_is_installed_past_a_projects_manager(tmp_path: Path) -> None:
    """Neither by pip nor by `uv pip`, whatever fix it stands in."""
    env, python = made("uv", tmp_path)
    for argv in (
        (python.executable, "-m", "pip", "install", "six"),
        ("uv", "pip", "install", "--python", python.executable, "six"),
    ):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(policy, "question", lambda *_: python)
            assert refuse(env, Run(argv)).startswith("uv manages ")
