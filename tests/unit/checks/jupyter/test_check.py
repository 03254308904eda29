"""How the learner launches Jupyter: by the command where it works, else by this Python."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.unit.described_machines import STACK, command_at, file_at, on, python_at, said

from envcheck.processes.process import Finished
from envcheck_checks.jupyter.check import LaunchWay, likely_way
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter


def way(tmp_path: Path, script: str, ran: Finished | None = None) -> LaunchWay | None:
    """Where `jupyter` and `jupyter-notebook` on PATH are scripts with this text, and `ran` is what
    running the first gives.
    """
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
    if ran is not None:
        argv = [str(tmp_path / "bin" / "jupyter"), "--paths", "--json"]
        described.preload(f"run of {argv}", ran)
    return likely_way(described, STACK)


def test_the_command_where_it_is_this_pythons(tmp_path: Path) -> None:
    found = way(tmp_path, "#!{python}\n")
    assert found is not None
    assert found.argv == (str(tmp_path / "bin" / "jupyter"), "notebook")
    assert found.spoken == "jupyter notebook"
    assert not found.speaks


@pytest.mark.parametrize("script", ["#!/bin/sh\nexec somewhere\n", "#!{python}\nimport os\n"])
def test_a_script_of_somebodys_is_what_they_type(tmp_path: Path, script: str) -> None:
    """Whatever it sets, the learner's Jupyter has."""
    paths = {"data": [f"{tmp_path}/venv/share/jupyter"], "runtime": ["/theirs"]}
    found = way(tmp_path, script, said(json.dumps(paths)))
    assert found is not None
    assert found.argv == (str(tmp_path / "bin" / "jupyter"), "notebook")
    assert (found.speaks, found.runtime) == (True, "/theirs")


def test_a_script_that_starts_another_environment(tmp_path: Path) -> None:
    file_at(tmp_path / "other" / "pyvenv.cfg")
    paths = {"data": [f"{tmp_path}/other/share/jupyter"], "runtime": ["/theirs"]}
    found = way(tmp_path, "#!/bin/sh\nexec somewhere\n", said(json.dumps(paths)))
    assert found is not None
    assert found.argv[1:] == ("-m", "notebook")


@pytest.mark.parametrize("script", ["#!/no/such/python3\n", "#!/bin/sh\nexec somewhere\n"])
def test_this_python_where_the_command_would_not_start(tmp_path: Path, script: str) -> None:
    found = way(tmp_path, script, said(stderr="jupyter: not found", code=127))
    assert found is not None
    assert found.argv[1:] == ("-m", "notebook")
    assert found.spoken == "python -m notebook"
