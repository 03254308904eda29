"""How a function of a check is carried out in the target, and what is said of its end."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import envcheck_checks.in_target

SCRIPT = Path(next(iter(envcheck_checks.in_target.__path__)), "work.py")


def carried_out(
    monkeypatch: pytest.MonkeyPatch, work: Callable[[str], object]
) -> tuple[dict[str, Any], int]:
    """What is said, and the exit code."""
    names: dict[str, Any] = {}
    source = SCRIPT.read_text(encoding="utf-8").replace("from __future__ import annotations\n", "")
    exec(compile(source, "work.py", "exec"), names)
    written: list[bytes] = []
    monkeypatch.setattr(os, "write", lambda _, text: written.append(text))
    monkeypatch.setattr(sys, "argv", ["-c", "MARK", "/folder"])
    code = 0
    try:
        names["carry_out"](work)
    except SystemExit as end:
        code = int(str(end.code))
    finally:
        monkeypatch.undo()
    (line,) = written
    said: dict[str, Any] = json.loads(line.decode().strip()[4:-4])
    return said, code


def test_what_it_returns(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is given the folder; what JSON cannot carry becomes text."""
    said, code = carried_out(
        monkeypatch, lambda folder: {"folder": folder, "path": Path("/folder/x")}
    )
    assert said == {"values": {"folder": "/folder", "path": str(Path("/folder/x"))}}
    assert code == 0


def test_what_it_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    """The class, the words, and the files on the way."""

    def work(_: str) -> None:
        raise ValueError("no" * 1000)

    said, code = carried_out(monkeypatch, work)
    assert (said["error"], said["missing"], code) == ("ValueError", None, 1)
    assert len(said["message"]) == 1500
    assert said["files"][-1] == __file__


def absent(_: str) -> None:
    raise ModuleNotFoundError("No module named 'a'", name="a")


def reworded(folder: str) -> None:
    try:
        absent(folder)
    except ImportError as error:
        raise RuntimeError("install the extra") from error


def in_passing(folder: str) -> None:
    try:
        absent(folder)
    except ImportError:
        raise RuntimeError("install the extra")  # noqa: B904  # as tools do


def unnamed(_: str) -> None:
    raise ImportError("cannot import name")


@pytest.mark.parametrize(
    ("work", "missing"), [(absent, "a"), (reworded, "a"), (in_passing, "a"), (unnamed, None)]
)
def test_the_module_that_is_missing(
    monkeypatch: pytest.MonkeyPatch, work: Callable[[str], None], missing: str | None
) -> None:
    """Also where the tool rewords the failed import."""
    assert carried_out(monkeypatch, work)[0]["missing"] == missing
