"""Nothing of Jupyter can be launched: by what is installed, and by what works without a setting."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.described_machines import STACK, WHOLE, file_at, on, python_at

from envcheck import Diagnosis
from envcheck.model import Unknown
from envcheck.processes.process import Ending, Finished
from envcheck_checks.jupyter import nothing_to_launch
from envcheck_checks.jupyter.facts import LearnersJupyter

NONE = LearnersJupyter({}, None)
FOUND = LearnersJupyter({"notebook": "/site/notebook"}, None)
HUNG = Finished(("python",), Ending.TIMED_OUT, None, "", "", 40.0)


@pytest.fixture(autouse=True)
def jupyter_says_the_same_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """When it is asked once more."""
    monkeypatch.setattr(nothing_to_launch, "ask_jupyter", lambda *_: NONE)


def diagnosed(
    tmp_path: Path, packages: dict[str, str], jupyter: LearnersJupyter = NONE, pythonpath: str = ""
) -> Diagnosis:
    python = python_at(tmp_path / "venv", packages)
    env = (
        on("linux", tmp_path, python, PYTHONPATH=pythonpath)
        if pythonpath
        else on("linux", tmp_path, python)
    )
    told = nothing_to_launch.diagnose(env, STACK, jupyter)
    assert isinstance(told, Diagnosis)
    return told


def test_jupyter_is_missing_or_damaged(tmp_path: Path) -> None:
    without = {name: number for name, number in WHOLE.items() if name != "notebook"}
    assert diagnosed(tmp_path, without).code == "jupyter-not-installed"
    damaged = diagnosed(tmp_path, WHOLE)
    assert (damaged.code, damaged.evidence.found) == (
        "jupyter-damaged",
        "no module notebook, no module jupyterlab",
    )
    file_at(tmp_path / "venv/site/notebook-7.2.0.dist-info/RECORD", "notebook/app.py,,9\n")
    assert diagnosed(tmp_path, WHOLE).code == "package-incomplete"


def test_a_setting_without_which_jupyter_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        nothing_to_launch, "ask_jupyter", lambda _, removed: FOUND if removed else NONE
    )
    assert diagnosed(tmp_path, WHOLE, pythonpath="/lib").code == "pythonpath-breaks"


def test_an_answer_that_came_too_late_says_nothing(tmp_path: Path) -> None:
    """It is not asked for again, which may take longer than the check has; nothing is reinstalled."""
    env = on("linux", tmp_path, python_at(tmp_path / "venv"))
    outcome = nothing_to_launch.diagnose(env, STACK, replace(NONE, finished=HUNG))
    assert isinstance(outcome, Unknown)
