"""With what JupyterLab opens a notebook, by what it is told, and which file says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.unit.described_machines import file_at, on, python_at

from envcheck import Diagnosis
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.notebook.page import opened_as_text
from envcheck_checks.notebook.page.opened_as_text import PLUGIN, OpensText, viewer_of
from envcheck_checks.notebook.server.learners_server import ServerTrouble

SETS = '{ /* of the campus */ "defaultViewers": {"notebook": "Editor"} }'


def told(chosen: object = None, usual: object = None) -> str:
    """What the server answers, for what the learner has chosen and what is overridden."""
    settings = {} if chosen is None else {"defaultViewers": chosen}
    schema = {"properties": {"defaultViewers": {"default": {} if usual is None else usual}}}
    other = {"id": "@jupyterlab/apputils-extension:themes", "settings": {}}
    return json.dumps({"settings": [other, {"id": PLUGIN, "settings": settings, "schema": schema}]})


@pytest.mark.parametrize(
    ("answer", "viewer"),
    [
        (told(), ""),
        (told({"markdown": "Editor"}), ""),
        (told({"notebook": "Notebook"}), ""),
        (told({"notebook": "Jupytext Notebook"}), ""),
        (told({"notebook": "Editor"}), "Editor"),
        (told(usual={"notebook": "JSON"}), "JSON"),
        (told({"notebook": "Notebook"}, {"notebook": "JSON"}), ""),
        (told(usual="Editor"), ""),
        ('{"settings": [{"id": "a"}]}', ""),
        ("", ""),
    ],
)
def test_what_the_page_is_told(answer: str, viewer: str) -> None:
    """What the learner has chosen wins."""
    assert viewer_of(answer) == viewer


def diagnosed(tmp_path: Path, place: str, trouble: ServerTrouble) -> Diagnosis | None:
    file_at(tmp_path / place, SETS)
    config = tuple(str(tmp_path / name) for name in ("home/.jupyter", "venv/etc/jupyter", "etc"))
    data = tuple(str(tmp_path / name) for name in ("venv/share/jupyter", "usr/share/jupyter"))
    asked = LearnersJupyter({}, None, user_config=config[0], config=config, data=data)
    env = on("linux", tmp_path, python_at(tmp_path / "venv"), facts={learners_jupyter: asked})
    return opened_as_text.diagnose(env, trouble)


OWN = "home/.jupyter/lab/user-settings/@jupyterlab/docmanager-extension/plugin.jupyterlab-settings"


@pytest.mark.parametrize(
    ("place", "mine"),
    [
        (OWN, True),
        ("home/.jupyter/labconfig/default_setting_overrides.json", True),
        ("venv/share/jupyter/lab/settings/overrides.json", True),
        ("venv/share/jupyter/lab/settings/overrides.d/campus.json", True),
        ("usr/share/jupyter/lab/settings/overrides.json5", False),
    ],
)
def test_the_file_that_says_so(tmp_path: Path, place: str, mine: bool) -> None:
    """It is moved aside where it is the learner's own."""
    diagnosis = diagnosed(tmp_path, place, OpensText("Editor"))
    assert diagnosis is not None
    assert diagnosis.evidence.looked_in == str(tmp_path / place)
    assert diagnosis.fixes[0].automatic is mine


def test_no_file_says_so(tmp_path: Path) -> None:
    diagnosis = diagnosed(tmp_path, "home/notes.txt", OpensText("Editor"))
    assert diagnosis is not None
    assert not diagnosis.fixes[0].automatic
    assert diagnosed(tmp_path, "home/other.txt", ServerTrouble("the page", "x")) is None


def test_where_another_page_opens(tmp_path: Path) -> None:
    facts = {learners_jupyter: LearnersJupyter({}, None)}
    env = on("linux", tmp_path, python_at(tmp_path / "venv"), facts=facts)
    assert opened_as_text.warnings(env, "") == []
    (warned,) = opened_as_text.warnings(env, "Editor")
    assert (warned.code, warned.severity) == ("notebooks-open-as-text", "warning")
