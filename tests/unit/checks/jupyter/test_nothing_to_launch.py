"""Nothing of Jupyter can be launched: by what is installed, and by what works without a setting."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.described_machines import STACK, WHOLE, file_at, on, python_at

from envcheck import Diagnosis
from envcheck.processes.process import Ending, Finished
from envcheck_checks.jupyter import nothing_to_launch
from envcheck_checks.jupyter.facts import LearnersJupyter

NONE = LearnersJupyter({}, None)
FOUND = LearnersJupyter({"notebook": "/site/notebook"}, None)
HUNG = Finished(("python",), Ending.TIMED_OUT, None, "", "", 40.0)


def diagnosed(
    tmp_path: Path, packages: dict[str, str], jupyter: LearnersJupyter = NONE, pythonpath: str = ""
) -> Diagnosis:
    python = python_at(tmp_path / "venv", packages)
    env = (
        on("linux", tmp_path, python, PYTHONPATH=pythonpath)
        if pythonpath
        else on("linux", tmp_path, python)
    )
    return nothing_to_launch.diagnose(env, STACK, jupyter)


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


@pytest.mark.parametrize(
    ("hung", "code"), [(False, "pythonpath-breaks"), (True, "jupyter-damaged")]
)
def test_a_setting_without_which_jupyter_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hung: bool, code: str
) -> None:
    """Tried once more, unless the answer did not come in time."""
    monkeypatch.setattr(
        nothing_to_launch, "ask_jupyter", lambda _, removed: FOUND if removed else NONE
    )
    jupyter = replace(NONE, finished=HUNG) if hung else NONE
    assert diagnosed(tmp_path, WHOLE, jupyter, pythonpath="/lib").code == code
