"""What this Python has and does not find: a variable sends it elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import WHOLE, on, python_at

from envcheck import UnsetEnv
from envcheck.model import Diagnosis
from envcheck.target.interpreter import Interpreter
from envcheck_checks.interference import hidden

WHAT = "numpy cannot be found"


def found(tmp_path: Path, seen: Interpreter, own: Interpreter, name: str) -> Diagnosis | None:
    env = on("linux", tmp_path, seen, facts={hidden.without: {name: own}})
    return hidden.by_variable(env, seen, WHAT, lambda python: "numpy" in python.installed)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("PYTHONHOME", "pythonhome-set"),
        ("PYTHONNOUSERSITE", "variable-breaks-python"),
        ("PYTHONUSERBASE", "variable-breaks-python"),
    ],
)
def test_without_the_variable_it_is_there(tmp_path: Path, name: str, code: str) -> None:
    """The same Python, in the same place: the variable is the cause, and is taken out."""
    bare = python_at(tmp_path / "python", {"pip": "24"})
    diagnosis = found(tmp_path, bare, python_at(tmp_path / "python", WHOLE), name)
    assert diagnosis is not None and diagnosis.code == code
    assert diagnosis.summary.startswith(f"{name} is set, and because of it {WHAT}: it ")
    assert diagnosis.fixes[0].steps == (UnsetEnv(name),)


def test_another_installation_is_the_cause_with_or_without(tmp_path: Path) -> None:
    """What is missing would be installed there, where this Python is not at home."""
    bare = {"pip": "24"}
    seen, own = python_at(tmp_path / "conda", bare), python_at(tmp_path / "python", bare)
    assert found(tmp_path, seen, own, "PYTHONHOME") is not None
    assert found(tmp_path, seen, own, "PYTHONUSERBASE") is None


def test_a_variable_that_changes_nothing(tmp_path: Path) -> None:
    """It is missing without it too."""
    bare = python_at(tmp_path / "python", {"pip": "24"})
    assert found(tmp_path, bare, bare, "PYTHONHOME") is None


def test_nothing_is_asked_where_none_is_set(tmp_path: Path) -> None:
    assert hidden.without(on("linux", tmp_path, PYTHONHOME="", PYTHONPATH="/x")) == {}
