"""Many runs at once take turns, and nobody waits for one that has ended, however it ended."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.pace import within

from envcheck.run import turn as module
from envcheck.run.turn import turn

HOLDER = """
import pathlib, sys
from envcheck.run.turn import turn
with turn(pathlib.Path(sys.argv[1]), int):
    print("mine", flush=True)
    sys.stdin.read()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    """Another process that has a turn until its stdin is closed, or it is killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "mine\n"
    return process


def test_one_that_is_killed_holds_nobody_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next waits, is told so once, and begins as soon as the other has gone."""
    monkeypatch.setattr(module, "_at_once", lambda: 1)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    other, told = holder(tmp_path), []

    def waiting() -> None:
        told.append(other.poll())
        other.kill()

    with turn(tmp_path, waiting):
        assert (told, other.wait(within(5)) != 0) == ([None], True)
    for stream in (other.stdin, other.stdout):
        assert stream is not None
        stream.close()


def test_as_many_as_there_are_places(tmp_path: Path) -> None:
    """Two go on at once on any machine; nobody is told anything."""
    told: list[str] = []
    with turn(tmp_path, lambda: told.append("a")), turn(tmp_path, lambda: told.append("b")):
        assert told == []
    assert len([*tmp_path.iterdir()]) == 2


def test_patience_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that hangs and is never ended keeps the others from nothing for ever."""
    monkeypatch.setattr(module, "_at_once", lambda: 1)
    monkeypatch.setattr(module, "PATIENCE", 0.3)
    told: list[str] = []
    with turn(tmp_path, lambda: told.append("a")), turn(tmp_path, lambda: told.append("b")):
        assert told == ["b"]


@pytest.mark.parametrize("error", [OSError(95, "not supported"), OSError(37, "no locks")])
def test_a_disk_that_knows_no_locks(
    error: OSError, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for what can never be had; nor where there is no folder."""

    def refused(_file: object) -> None:
        raise error

    monkeypatch.setattr(module, "lock", refused)
    told: list[str] = []
    with turn(tmp_path, lambda: told.append("x")):
        pass
    with turn(None, lambda: told.append("x")), turn(tmp_path / "gone", lambda: told.append("x")):
        pass
    assert told == []
