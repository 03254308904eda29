"""What the launched program reads, by the notebook that is installed: every reader of settings sees that
alone.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.unit.described_machines import file_at, on, python_at

from envcheck import Environment
from envcheck.testing import described, interpreter
from envcheck_checks.jupyter import config_files as module
from envcheck_checks.jupyter.config_files import config_files
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.jupyter.settings import in_force, may_set, settings_of
from envcheck_checks.jupyter.what_is_read import NAMES, NEWER, NOTEBOOK_6, what_is_read

OLD, NEW = {"notebook": "6.5.7", "jupyter-server": "2.14"}, {"notebook": "7.2.1"}
READ_BY_6 = ("jupyter_config", "jupyter_notebook_config")


@pytest.fixture(autouse=True)
def files_are_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the target would say of each file."""

    def ask(_env: Environment, _python: object, _source: str, *paths: str, **_: object) -> object:
        rows = [{"file": path, "config": json.loads(Path(path).read_text())} for path in paths]
        return SimpleNamespace(objects=rows)

    monkeypatch.setattr(module, "ask", ask)


def learner(tmp_path: Path, packages: dict[str, str]) -> Environment:
    python = python_at(tmp_path / "venv", packages)
    jupyter = LearnersJupyter({}, None, config=(str(tmp_path / "home/.jupyter"),))
    return on("linux", tmp_path, python, facts={learners_jupyter: jupyter})


@pytest.mark.parametrize(
    ("packages", "old"),
    [
        (OLD, True),
        ({"notebook": "6.0.3"}, True),
        ({"notebook": "5.7.8"}, True),
        ({"notebook": "6.5.7", "jupyterlab": "4.2"}, True),
        (NEW, False),
        ({"notebook": "7.0.0rc2"}, False),
        ({"notebook": ""}, False),
        ({"jupyterlab": "4.2"}, False),
        ({}, False),
    ],
)
def test_by_the_notebook_that_is_launched(packages: dict[str, str], old: bool) -> None:
    env = described(python=interpreter(packages=packages))
    assert what_is_read(env) == (NOTEBOOK_6 if old else NEWER)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("server", ["ServerApp", "NotebookApp"])
@pytest.mark.parametrize("packages", [OLD, NEW])
def test_a_file_that_is_not_read_sets_nothing(
    tmp_path: Path, name: str, server: str, packages: dict[str, str]
) -> None:
    """Nor does a class that the program does not know."""
    text = json.dumps({server: {"ip": "192.168.77.5"}})
    file_at(tmp_path / f"home/.jupyter/{name}.json", text)
    env = learner(tmp_path, packages)
    read = packages is NEW or (name in READ_BY_6 and server == "NotebookApp")
    assert (in_force(env, "ip") is not None) is read
    assert len(settings_of(env, "ip")) == int(read)
    assert len(config_files(env)) == int(packages is NEW or name in READ_BY_6)
    assert may_set(env, "ip") or not read
