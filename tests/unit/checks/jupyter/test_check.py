"""How the learner launches Jupyter: by the command where it works, else by this Python."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import STACK, command_at, file_at, on, python_at

from envcheck_checks.jupyter.check import LaunchWay, likely_way
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter


def way(tmp_path: Path, script: str) -> LaunchWay | None:
    """Where `jupyter` and `jupyter-notebook` on PATH are scripts with this text."""
    python = command_at(tmp_path / "venv" / "bin" / "python")
    file_at(tmp_path / "venv" / "pyvenv.cfg")
    for name in ("jupyter", "jupyter-notebook"):
        file_at(tmp_path / "bin" / name, script.format(python=python)).chmod(0o755)
    described = on(
        "linux",
        tmp_path,
        python_at(tmp_path / "venv"),
        facts={learners_jupyter: LearnersJupyter({}, None)},
    )
    return likely_way(described, STACK)


def test_the_command_where_it_is_this_pythons(tmp_path: Path) -> None:
    found = way(tmp_path, "#!{python}\n")
    assert found is not None
    assert found.argv == (str(tmp_path / "bin" / "jupyter"), "notebook")
    assert found.spoken == "jupyter notebook"


@pytest.mark.parametrize("script", ["#!/no/such/python3\n", "#!/bin/sh\nexec somewhere\n"])
def test_this_python_where_the_command_would_not_start(tmp_path: Path, script: str) -> None:
    found = way(tmp_path, script)
    assert found is not None
    assert found.argv[1:] == ("-m", "notebook")
    assert found.spoken == "python -m notebook"
