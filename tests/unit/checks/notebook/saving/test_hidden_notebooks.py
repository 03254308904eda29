"""Which setting keeps notebooks out of the list of a page, and which notebooks those are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import on, python_at

from envcheck import Diagnosis
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.notebook.saving import hidden_notebooks
from envcheck_checks.notebook.saving.save import NotListed
from envcheck_checks.notebook.server.learners_server import ServerTrouble

OURS = "envcheck-0123.ipynb"


def diagnosed(
    tmp_path: Path, settings: Mapping[str, Mapping[str, Any]], *names: str
) -> Diagnosis | None:
    file = ConfigFile(str(tmp_path / "home/.jupyter/jupyter_server_config.py"), settings)
    env = on(
        "linux",
        tmp_path,
        python_at(tmp_path / "venv"),
        facts={config_files: (file,), learners_jupyter: LearnersJupyter({}, None)},
    )
    return hidden_notebooks.diagnose(env, NotListed(tmp_path, names, OURS))


def test_the_pattern_is_named(tmp_path: Path) -> None:
    settings = {"LargeFileManager": {"hide_globs": ["*.pyc", "*.ipynb", 7]}}
    told = diagnosed(tmp_path, settings, OURS)
    assert told is not None
    assert told.summary == "your Jupyter config keeps notebooks out of the list that the page shows"
    assert told.evidence.found == "hide_globs has *.ipynb"
    assert told.evidence.looked_in == str(tmp_path / "home/.jupyter/jupyter_server_config.py")
    assert told.fixes[0].automatic


@pytest.mark.parametrize("patterns", [["*.pyc"], {"append": ["*.ipynb"]}, "*.ipynb", None, []])
def test_no_pattern_says_so(tmp_path: Path, patterns: object) -> None:
    assert diagnosed(tmp_path, {"ContentsManager": {"hide_globs": patterns}}, OURS) is None


def test_another_trouble(tmp_path: Path) -> None:
    env = on("linux", tmp_path, python_at(tmp_path / "venv"), facts={config_files: ()})
    trouble = ServerTrouble("list the notebooks of a folder", "status 500")
    assert hidden_notebooks.diagnose(env, trouble) is None


def test_in_words(tmp_path: Path) -> None:
    """Ours is called what it is, the learner's by their names."""
    assert NotListed(tmp_path, [OURS], OURS).actual == (
        "a notebook that was saved is not in the list of its folder"
    )
    names = [OURS, "one.ipynb", "two.ipynb"]
    assert NotListed(tmp_path, names, OURS).actual == (
        "the folder has one.ipynb and two.ipynb, and the page's list does not"
    )
