"""Variables of the terminal that change a Python which still runs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import file_at, on, python_at

from envcheck import Severity, UnsetEnv
from envcheck_checks.interference import variables


def said(folder: Path, **given: Any) -> list[str]:
    python = python_at(folder / "venv")
    found = variables.warnings(on("linux", folder, python, **given), python)
    assert all(one.severity is Severity.WARNING for one in found)
    return [f"{one.code} {one.evidence.found}" for one in found]


def test_nothing_is_set(tmp_path: Path) -> None:
    """Nor is an empty variable set."""
    assert said(tmp_path) == []
    assert said(tmp_path, PYTHONHOME="", PYTHONPATH="") == []


def test_pythonhome_always_counts(tmp_path: Path) -> None:
    """Every Python that is started from here is sent there."""
    assert said(tmp_path, PYTHONHOME="/opt/py") == ["pythonhome-set PYTHONHOME=/opt/py"]


@pytest.mark.parametrize(
    ("entry", "foreign"),
    [
        ("/opt/other/lib/python3.11/site-packages", True),
        ("/usr/lib/python3/dist-packages", True),
        ("{folder}/stdlib", True),
        ("{folder}/venv/lib/site-packages", False),
        ("/described/base/lib/python3.12/site-packages", False),
        ("{folder}/my-code", False),
        ("/opt/site-packages-of-mine", False),
    ],
)
def test_pythonpath_counts_where_it_leads_to_another_python(
    tmp_path: Path, entry: str, foreign: bool
) -> None:
    """A folder of the learner's own code is what the variable is for; this Python's own packages
    harm nobody.
    """
    file_at(tmp_path / "stdlib/os.py")
    place = entry.format(folder=tmp_path)
    own = f"{tmp_path}/my-code{os.pathsep}"
    for value in (place, f"{own}{place}", f":{place}"):
        expected = [f"pythonpath-foreign PYTHONPATH has {place}"] if foreign else []
        assert said(tmp_path, PYTHONPATH=value) == expected


def test_both_are_told_and_taken_out(tmp_path: Path) -> None:
    """Each by its own step."""
    python = python_at(tmp_path / "venv")
    env = on("linux", tmp_path, python, PYTHONHOME="/opt", PYTHONPATH="/x/site-packages")
    steps = [one.fixes[0].steps for one in variables.warnings(env, python)]
    assert steps == [(UnsetEnv("PYTHONHOME"),), (UnsetEnv("PYTHONPATH"),)]
