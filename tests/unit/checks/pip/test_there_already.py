"""What is missing is on this machine already: which of the places is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.unit.described_machines import STACK, WHOLE, on, python_at

from envcheck.environment import Located
from envcheck_checks.interference import hidden
from envcheck_checks.pip import there_already


def test_a_variable_that_hides_it_comes_first(tmp_path: Path) -> None:
    """What is installed while it is set would land where it leads."""
    bare, whole = {"pip": "24"}, dict(WHOLE)
    python = python_at(tmp_path / "conda", bare, kind="conda")
    own = python_at(tmp_path / "python", whole, kind="installation")
    more: dict[str, Any] = {"PYTHONHOME": str(tmp_path / "conda")}
    located = Located((python.executable,), "python3 on PATH")
    facts: dict[Any, object] = {hidden.without: {"PYTHONHOME": own}}
    env = on("linux", tmp_path, python, located=located, facts=facts, **more)
    diagnosis = there_already.diagnose(env, STACK, python, ["numpy"])
    assert diagnosis is not None and diagnosis.code == "pythonhome-set"


def test_nowhere(tmp_path: Path) -> None:
    python = python_at(tmp_path / "python", {"pip": "24"}, kind="installation")
    env = on("linux", tmp_path, python)
    assert there_already.diagnose(env, STACK, python, ["numpy"]) is None


def test_which_of_them_another_environment_has(tmp_path: Path) -> None:
    """By the names of the index, however a requirement writes them; the others are not claimed."""
    for folder in ("numpy-2.0.0", "python_dotenv-1.0"):
        (tmp_path / f"lib/python3.12/site-packages/{folder}.dist-info").mkdir(parents=True)
    asked = ["Numpy>=2", "pandas", "Python.dotenv"]
    assert there_already.those_of(str(tmp_path), asked) == ["Numpy", "Python.dotenv"]
    assert there_already.those_of(str(tmp_path), ["pandas"]) == []


def test_another_build_of_a_library_is_the_library(tmp_path: Path) -> None:
    """By the rule of all others: one that has all that was asked for."""
    for folder in ("opencv_python-4.9", "tensorflow_cpu-2.16"):
        (tmp_path / f"lib/python3.12/site-packages/{folder}.dist-info").mkdir(parents=True)
    asked = ["OpenCV_Python_Headless>=4", "tensorflow~=2.16", "opencv-contrib-python"]
    there = ["OpenCV_Python_Headless", "tensorflow"]
    assert there_already.those_of(str(tmp_path), asked) == there
