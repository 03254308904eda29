"""Damaged packages installed once more, or an environment of the course's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import on, python_at

from envcheck import Fix, Rename, Run
from envcheck_checks.installed import anew as module
from envcheck_checks.installed.anew import MOST, anew

EVERYTHING = ("notebook", "numpy>=1.17")


def made(folder: Path, monkeypatch: pytest.MonkeyPatch, more: int, *everything: str) -> Fix:
    """The fix where so many others have dead links too."""
    others = [f"other{number}" for number in range(more)]
    monkeypatch.setattr(module, "with_all_others", lambda _, names: [*names, *others])
    env = on("linux", folder)
    return anew(env, python_at(folder / "venv"), ["numpy"], everything)


def test_these_and_the_few_that_went_with_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fix = made(tmp_path, monkeypatch, 1, *EVERYTHING)
    (install,) = fix.steps
    assert fix.title == "reinstall numpy, other0"
    assert isinstance(install, Run) and install.argv[-2:] == ("numpy==2.0.0", "other0")


def test_too_many_are_not_moved_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is known what the chapter needs; else these alone."""
    fix = made(tmp_path, monkeypatch, MOST, *EVERYTHING)
    assert "an environment of its own" in fix.title
    assert not any(isinstance(step, Rename) for step in fix.steps)
    assert made(tmp_path, monkeypatch, MOST).title == "reinstall numpy"
