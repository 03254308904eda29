"""What brings back an environment, from what it held before and after."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from envcheck import Environment, Rename, Run
from envcheck.fixes import snapshot
from envcheck.target.interpreter import Interpreter
from envcheck.testing import described, interpreter

BEFORE = interpreter("3.12.4", {"pandas": "2.0", "numpy": "1.26"})


def undo_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: Interpreter, made: tuple[str, ...] = ()
) -> tuple[Any, ...]:
    env = described(folder=tmp_path, python=BEFORE)

    def answer(env: Environment, command: tuple[str, ...]) -> Interpreter:
        return python[-1]

    python = [BEFORE]
    monkeypatch.setattr(snapshot, "question", answer)
    before = snapshot.take(env, BEFORE.executable)
    for name in made:
        (tmp_path / name).mkdir()
    python.append(after)
    return snapshot.find_undo_steps(env, before, ("pip", "install", "x"))


def test_nothing_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all is as it was there is nothing to do."""
    assert undo_steps(tmp_path, monkeypatch, BEFORE) == ()


def test_new_and_changed_distributions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was added goes out again, and what was changed comes back in its old version."""
    after = interpreter("3.12.4", {"pandas": "3.0", "numpy": "1.26", "polars": "1.0"})
    uninstall, install = undo_steps(tmp_path, monkeypatch, after)
    assert isinstance(uninstall, Run) and uninstall.argv[-2:] == ("--yes", "polars")
    assert isinstance(install, Run) and install.argv[-1] == "pandas==2.0"


def test_what_the_command_made_in_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is moved aside, not deleted."""
    place = str(tmp_path / ".venv")
    steps = undo_steps(tmp_path, monkeypatch, BEFORE, made=(".venv",))
    assert steps == (Rename(place, f"{place}.envcheck-backup-1"),)


@pytest.mark.skipif(sys.platform == "win32", reason="the described paths are POSIX's")
def test_a_python_that_is_no_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an installation of the system no package is looked at."""
    monkeypatch.setattr(snapshot, "question", lambda env, command: replace(BEFORE, kind="system"))
    assert snapshot.take(described(folder=tmp_path), "/usr/bin/python3").python is None
