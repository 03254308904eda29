"""An environment below a folder whose name is a pattern."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import on, python_at

from envcheck_checks.notebook.folders import path_as_pattern


def told(prefix: Path) -> str:
    """The folder that is named; empty where nothing is said."""
    prefix.mkdir(parents=True)
    env = on("linux", prefix.parent, python_at(prefix, {"notebook": "7.6.5"}))
    diagnosis = path_as_pattern.diagnose(env)
    return str(diagnosis.evidence.found) if diagnosis is not None else ""


@pytest.mark.skipif("sys.platform == 'win32'", reason="only on systems that allow such names")
@pytest.mark.parametrize("name", ["ml[2026]", "[a-c]", "what?", "a*b[!x]"])
def test_a_name_that_stands_for_others(tmp_path: Path, name: str) -> None:
    """`what?` finds itself, so Jupyter finds it, too."""
    folder = tmp_path / name
    expected = str(folder) if "[" in name else ""
    assert told(folder / "venv") == expected


@pytest.mark.parametrize("name", ["ml[", "ml]", "(ml) {a,b}", "100% ml"])
def test_a_name_that_is_no_pattern(tmp_path: Path, name: str) -> None:
    assert told(tmp_path / name / "venv") == ""
