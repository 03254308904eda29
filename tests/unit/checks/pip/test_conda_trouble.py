"""What keeps conda from doing anything: a note that is cut off, settings that cannot be read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.unit.described_machines import command_at, file_at, on, python_at

from envcheck import Rename, Run
from envcheck.target.interpreter import Interpreter
from envcheck.testing import interpreter
from envcheck_checks.pip import conda_trouble


def learner(tmp_path: Path) -> Interpreter:
    """conda, and an environment whose note on numpy is cut off."""
    command_at(tmp_path / "conda" / "bin" / "conda")
    meta = tmp_path / "conda" / "envs" / "ml" / "conda-meta"
    file_at(meta / "numpy-2.0.0-py_0.json", '{"name": "num')
    file_at(
        meta / "pandas-2.2-py_0.json", '{"channel": "https://conda.anaconda.org/campus/noarch"}'
    )
    return python_at(meta.parent, {"pip": "24", "numpy": "2.0.0"}, kind="conda-env")


@pytest.mark.skipif(sys.platform == "win32", reason="the command is a shell script")
def test_a_note_that_is_cut(tmp_path: Path) -> None:
    """It is the root where something is missing, since conda's own line would fail; else a
    warning.
    """
    python = learner(tmp_path)
    conda = str(tmp_path / "conda" / "bin" / "conda")
    found = conda_trouble.diagnose(
        on("linux", tmp_path, python, CONDA_EXE=conda), python, ["seaborn"]
    )
    assert found is not None and found.code == "conda-record-cut"
    aside, again = found.fixes[0].steps
    assert isinstance(aside, Rename) and aside.source.endswith("numpy-2.0.0-py_0.json")
    assert isinstance(again, Run)
    assert again.argv[5:] == ("--channel", "campus", "--no-deps", "numpy=2.0.0=py_0")
    [warning] = conda_trouble.warnings(python)
    assert (warning.code, warning.evidence.found) == (
        "conda-record-cut",
        "13 bytes, without an end",
    )


def test_notes_that_are_whole_or_not_condas(tmp_path: Path) -> None:
    python = interpreter(kind="conda-env", prefix=str(tmp_path))
    assert conda_trouble.warnings(python) == []
    assert conda_trouble.diagnose(on("linux", tmp_path, python), python, ["seaborn"]) is None
    assert conda_trouble.warnings(interpreter()) == []
