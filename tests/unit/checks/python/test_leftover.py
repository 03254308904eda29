"""An environment's variable that this terminal's `python` contradicts."""

from __future__ import annotations

from pathlib import Path

from tests.unit.described_machines import command_at, on, python_at

from envcheck.model import UnsetEnv
from envcheck_checks.python import leftover


def test_variable_of_another_project(tmp_path: Path) -> None:
    """Named with both sides; it is taken out, or conda leaves; the examined Python's own is fine."""
    command_at(tmp_path / "bin" / "python")
    python = python_at(tmp_path / "course")
    virtual = on("linux", tmp_path, python, VIRTUAL_ENV=str(tmp_path / "other"))
    [warning] = leftover.warnings(virtual, python)
    assert (warning.code, warning.evidence.found) == (
        "environment-left-over",
        f"VIRTUAL_ENV={tmp_path}/other",
    )
    assert str(tmp_path / "course") in warning.evidence.wanted
    assert warning.fixes[0].steps == (UnsetEnv("VIRTUAL_ENV"),)
    conda = on("linux", tmp_path, python, CONDA_PREFIX=str(tmp_path / "other"))
    [warning] = leftover.warnings(conda, python)
    assert not warning.fixes[0].automatic
    asked = on("linux", tmp_path, python, VIRTUAL_ENV=python.prefix)
    assert leftover.warnings(asked, python) == []
