"""A Python in which all is there: its version, and an environment that was found and is
not active.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import on, python_at

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
