"""A Python in which all is there: its version, and an environment that was found and is
not active.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.unit.described_machines import command_at, on, python_at

from envcheck.environment import Located
from envcheck_checks.python.fine import fine


@pytest.mark.parametrize(
    ("inactive", "codes"), [("", []), ("/home/ada/ml/.venv", ["environment-not-active"])]
)
def test_an_environment_that_is_not_active(tmp_path: Path, inactive: str, codes: list[str]) -> None:
    python = python_at(tmp_path / "venv")
    located = Located((python.executable,), "described", inactive=inactive)
    outcome = fine(on("linux", tmp_path, python, located=located), python)
    assert outcome.summary == "3.12.4, 64-bit, standard library whole"
    assert [warning.code for warning in outcome.warnings] == codes


def test_an_environment_that_is_active_and_behind_another(tmp_path: Path) -> None:
    """What is found is not what is wanted: what stands before it is named."""
    python = python_at(tmp_path / "venv")
    command_at(tmp_path / "shims" / "python")
    command_at(tmp_path / "venv" / "bin" / "python")
    path = f"{tmp_path}/shims{os.pathsep}{tmp_path}/venv/bin"
    located = Located((python.executable,), "described", inactive=str(tmp_path / "venv"))
    env = on("linux", tmp_path, python, located=located, PATH=path, VIRTUAL_ENV=python.prefix)
    warning = fine(env, python).warnings[0]
    assert "is activated, and another Python stands before it" in warning.summary
    assert warning.evidence.found == f"{tmp_path}/shims"
