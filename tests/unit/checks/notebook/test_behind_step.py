"""Which look at the learner's files tells what is behind a step that failed."""

from __future__ import annotations

from pathlib import Path

from tests.unit.described_machines import on, python_at

from envcheck import Diagnosis
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.notebook import behind_step
from envcheck_checks.notebook.saving import NotListed
from envcheck_checks.notebook.server import ServerTrouble

HIDING = {"ContentsManager": {"hide_globs": ["*.ipynb"]}}


def behind(tmp_path: Path, trouble: ServerTrouble) -> Diagnosis | None:
    file = ConfigFile(str(tmp_path / "home/.jupyter/jupyter_server_config.py"), HIDING)
    env = on(
        "linux",
        tmp_path,
        python_at(tmp_path / "venv"),
        facts={config_files: (file,), learners_jupyter: LearnersJupyter({}, None)},
    )
    return behind_step.diagnose(env, trouble, Failure("the server", trouble.actual))


def test_a_trouble_finds_its_own_cause(tmp_path: Path) -> None:
    told = behind(tmp_path, NotListed(tmp_path, ("a.ipynb",), "a.ipynb"))
    assert told is not None
    assert told.code == "jupyter-config-breaks"


def test_a_trouble_that_no_file_explains(tmp_path: Path) -> None:
    """The same machine, and a step that has nothing to do with what is hidden."""
    assert behind(tmp_path, ServerTrouble("the kernel", "status 500")) is None
    assert behind(tmp_path, ServerTrouble("the page", "status 500")) is None
