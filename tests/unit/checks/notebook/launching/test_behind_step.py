"""Which look at the learner's files tells what is behind a step that failed."""

from __future__ import annotations

from pathlib import Path

from tests.unit.described_machines import file_at, on, python_at

from envcheck import Diagnosis, Outcome
from envcheck.model import Unknown
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.notebook.launching import behind_step
from envcheck_checks.notebook.saving.save import NotListed
from envcheck_checks.notebook.server.learners_server import ServerTrouble

HIDING: dict[str, dict[str, object]] = {"ContentsManager": {"hide_globs": ["*.ipynb"]}}


def behind(tmp_path: Path, trouble: ServerTrouble, **server: str) -> Outcome | None:
    settings: dict[str, dict[str, object]] = {**HIDING, "ServerApp": {**server}}
    file = ConfigFile(str(tmp_path / "home/.jupyter/jupyter_server_config.py"), settings)
    env = on(
        "linux",
        tmp_path,
        python_at(tmp_path / "venv"),
        facts={config_files: (file,), learners_jupyter: LearnersJupyter({}, None)},
    )
    return behind_step.diagnose(env, trouble, Failure("the server", trouble.actual))


def test_a_trouble_finds_its_own_cause(tmp_path: Path) -> None:
    told = behind(tmp_path, NotListed(tmp_path, ("a.ipynb",), "a.ipynb"))
    assert isinstance(told, Diagnosis)
    assert told.code == "jupyter-config-breaks"


def test_a_trouble_that_no_file_explains(tmp_path: Path) -> None:
    """The same machine, and a step that has nothing to do with what is hidden."""
    assert behind(tmp_path, ServerTrouble("the kernel", "status 500")) is None
    assert behind(tmp_path, ServerTrouble("the page", "status 500")) is None


def test_who_was_not_let_in_knows_nothing(tmp_path: Path) -> None:
    """A login of the learner's own has its own way; no file is to blame for that."""
    file_at(tmp_path / "home/.jupyter/jupyter_server_config.py", "import os\n")
    trouble = ServerTrouble("start a kernel", "status 403 Forbidden")
    assert isinstance(behind(tmp_path, trouble, login_handler_class="campus.Login"), Unknown)
    assert behind(tmp_path, trouble) is None
