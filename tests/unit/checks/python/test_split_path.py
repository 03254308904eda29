"""`environment-splits-path`: by the folder's name alone, before its line is typed in vain."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import on, python_at

from envcheck.environment import Located
from envcheck.path_lists import separator
from envcheck_checks.python import inactive, split_path
from envcheck_checks.python.replacement import Wanted


@pytest.mark.parametrize("name", ["week#1", "a b", "week%1", "uni-köln"])
def test_names_that_path_can_hold(tmp_path: Path, name: str) -> None:
    assert told(tmp_path, name) == ""


@pytest.mark.parametrize("name", ["week{}1", "{}", "{}/deep/below"])
def test_names_that_split_it(tmp_path: Path, name: str) -> None:
    assert told(tmp_path, name.format(separator())) == "environment-splits-path"


def told(tmp_path: Path, name: str) -> str:
    """The code that is given to an environment below a folder of that name, which is not active."""
    place = tmp_path / name / ".venv"
    located = Located((str(place / "bin" / "python"),), "the folder", inactive=str(place))
    env = on("linux", tmp_path, python_at(place), located=located)
    wanted = Wanted(">=3.7", ("numpy",))
    diagnosis = inactive.leads_nowhere(env, python_at(place), wanted)
    assert split_path.diagnose(env, python_at(place), wanted) == diagnosis
    return diagnosis.code if diagnosis else ""
