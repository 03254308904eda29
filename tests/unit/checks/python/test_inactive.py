"""An environment that was found, and that what is typed does not meet."""

from __future__ import annotations

import os
from pathlib import Path

from tests.unit.described_machines import command_at, on, python_at

from envcheck.environment import Located
from envcheck_checks.python.inactive import diagnose


def test_an_environment_that_is_not_active(tmp_path: Path) -> None:
    python = python_at(tmp_path / "venv")
    located = Located((python.executable,), "described", inactive=str(tmp_path / "venv"))
    warning = diagnose(on("linux", tmp_path, python, located=located))
    assert warning.code == "environment-not-active"
    assert "is not active in this terminal" in warning.summary
    assert warning.evidence.wanted == str(tmp_path / "venv")


def test_an_environment_that_is_active_and_behind_another(tmp_path: Path) -> None:
    """What is found is not what is wanted: what stands before it is named."""
    python = python_at(tmp_path / "venv")
    command_at(tmp_path / "shims" / "python")
    command_at(tmp_path / "venv" / "bin" / "python")
    path = f"{tmp_path}/shims{os.pathsep}{tmp_path}/venv/bin"
    located = Located((python.executable,), "described", inactive=str(tmp_path / "venv"))
    env = on("linux", tmp_path, python, located=located, PATH=path, VIRTUAL_ENV=python.prefix)
    warning = diagnose(env)
    assert "is activated, and another Python stands before it" in warning.summary
    assert warning.evidence.found == f"{tmp_path}/shims"
