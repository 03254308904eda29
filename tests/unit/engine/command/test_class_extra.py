"""Who opens a class without its packages is given lines that can be pasted where envcheck was started."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from envcheck.command.class_extra import lines

SHELL = {"SHELL": "/bin/bash", "ENVCHECK_LAUNCHED_BY": "/usr/bin/python3"}

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="only on POSIX: paths of its shells"
)


def installs(words: list[str], has_pip: bool = False) -> list[str]:
    """What pip is told to install, and the Python that does."""
    every = [shlex.split(line) for line in lines(words, SHELL, has_pip)]
    (install,) = [line for line in every if "install" in line]
    return [install[0], install[-1]]


def test_an_environment_with_pip_is_completed() -> None:
    assert installs(["envcheck"], has_pip=True) == [sys.executable, "envcheck-course[class]"]


def test_another_is_made_where_run_envcheck_makes_its_own(tmp_path: Path) -> None:
    """From the clone, or from the wheel beside the file; pip in our own environment changes nothing."""
    clone = tmp_path / "a clone"
    (clone / "launcher").mkdir(parents=True)
    (clone / "pyproject.toml").touch()
    typed = ["python3", str(clone / "run-envcheck.py")]
    assert installs(typed, has_pip=True) == ["class-server/bin/python", f"{clone}[class]"]
    assert lines(typed, SHELL, True)[0] == "/usr/bin/python3 -m venv class-server"
    wheel = tmp_path / "envcheck_course-0.1.0-py3-none-any.whl"
    wheel.touch()
    vendored = ["python3", str(tmp_path / "run-envcheck.py"), "--unlocked"]
    assert installs(vendored)[1] == f"{wheel}[class]"


def test_without_pip_and_without_a_file_it_is_the_index() -> None:
    """As in an environment that uv has made."""
    assert installs(["uvx", "envcheck-course"]) == [
        "class-server/bin/python",
        "envcheck-course[class]",
    ]


def test_a_place_is_no_name_of_the_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`envcheck` alone is somebody else's distribution."""
    (tmp_path / "envcheck" / "launcher").mkdir(parents=True)
    (tmp_path / "envcheck" / "pyproject.toml").touch()
    monkeypatch.chdir(tmp_path)
    assert installs(["python3", "envcheck/run-envcheck.py"])[1] == "./envcheck[class]"
