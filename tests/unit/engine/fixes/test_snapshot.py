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
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    after: Interpreter,
    made: tuple[str, ...] = (),
    argv: tuple[str, ...] = ("pip", "install", "x"),
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
    return snapshot.find_undo_steps(env, before, argv)


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
    """It is moved aside, not deleted; what came of itself meanwhile stays."""
    place = str(tmp_path / ".venv")
    steps = undo_steps(
        tmp_path, monkeypatch, BEFORE, (".venv", "lecture"), ("python", "-m", "venv", place)
    )
    assert steps == (Rename(place, f"{place}.envcheck-backup-1"),)


@pytest.mark.skipif(sys.platform == "win32", reason="the described paths are POSIX's")
def test_a_python_that_is_no_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an installation of the system no package is looked at."""
    monkeypatch.setattr(snapshot, "question", lambda env, command: replace(BEFORE, kind="system"))
    assert snapshot.take(described(folder=tmp_path), "/usr/bin/python3").python is None


def test_what_no_distribution_owns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of a package is moved aside; what a RECORD names stays, and so does each folder in which
    that lies.
    """
    prefix = tmp_path / "env"
    python = interpreter("3.12.4", {"polars": "1.0"}, prefix=str(prefix))
    site = Path(python.path[0])
    site.mkdir(parents=True)
    monkeypatch.setattr(snapshot, "question", lambda env, command: python)
    env = described(folder=tmp_path, python=python)
    before = snapshot.take(env, python.executable)
    for file in ("polars/deep/down/__init__.py", "half/__init__.py", "__pycache__/x.pyc"):
        (site / file).parent.mkdir(parents=True)
        (site / file).touch()
    (prefix / "bin").mkdir()
    (prefix / "bin" / "polars").touch()
    record = site / "polars-1.0.dist-info" / "RECORD"
    record.parent.mkdir()
    rows = ("polars/deep/down/__init__.py", "../../../bin/polars", "polars-1.0.dist-info/RECORD")
    record.write_text("".join(f"{row},,\n" for row in rows), encoding="utf-8")
    (step,) = snapshot.find_undo_steps(env, before, ("pip", "install", "polars"))
    assert isinstance(step, Rename)
    assert Path(step.source) == site / "half"


def test_bytecode_keeps_no_folder(tmp_path: Path) -> None:
    """A fix was killed while Python wrote some: `pip uninstall` does not know the half of a file."""
    env = described(folder=tmp_path, python=BEFORE)
    for file in ("new/__pycache__/a.cpython-311.pyc.140012", "new/deep/__pycache__/b.pyc"):
        (tmp_path / file).parent.mkdir(parents=True)
        (tmp_path / file).touch()
    for file in ("kept/__pycache__/notes.txt", "kept/pyc/a.pyc", "kept/a.pyc/x"):
        (tmp_path / file).parent.mkdir(parents=True)
        (tmp_path / file).touch()
    snapshot.remove_empty(env, [str(tmp_path / "new"), str(tmp_path / "kept")])
    assert not (tmp_path / "new").exists()
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"kept/__pycache__/notes.txt", "kept/pyc/a.pyc", "kept/a.pyc/x"}


def test_records_are_read_where_something_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They list twenty thousand files."""
    monkeypatch.setattr(snapshot, "_recorded", None)
    assert undo_steps(tmp_path, monkeypatch, BEFORE) == ()
