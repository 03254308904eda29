"""An environment lies with the chapter, and another one is active."""

from __future__ import annotations

from pathlib import Path

from tests.unit.described_machines import on, python_at

from envcheck.environment import Located
from envcheck_checks.python.beside import warnings


def test_only_where_there_is_another(tmp_path: Path) -> None:
    python = python_at(tmp_path / "active")
    other = str(tmp_path / "course" / ".venv")
    located = Located((python.executable,), "described", beside=other)
    (warning,) = warnings(on("linux", tmp_path, python, located=located), python)
    assert (warning.code, warning.evidence.found) == ("environment-beside", python.prefix)
    assert other in str(warning.fixes[0].steps)
    assert not warning.fixes[0].automatic
    assert warnings(on("linux", tmp_path, python), python) == []
