"""Which file turns a part of the page off, and the words that turn it on again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.unit.described_machines import file_at, on, python_at

from envcheck import Diagnosis, Rename, Tell, Write
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.notebook.page import turned_off
from envcheck_checks.notebook.page.page_proof import CoreTurnedOff

NAME = "@jupyterlab/notebook-extension:tracker"


def diagnosed(tmp_path: Path, place: str, told: object) -> Diagnosis | None:
    folders = tuple(str(tmp_path / one) for one in ("home/.jupyter", "venv/etc/jupyter", "etc"))
    text = told if isinstance(told, str) else json.dumps(told)
    file_at(tmp_path / place / "labconfig" / "page_config.json", text)
    facts = {learners_jupyter: LearnersJupyter({}, None, config=folders)}
    env = on("linux", tmp_path, python_at(tmp_path / "venv"), facts=facts)
    return turned_off.diagnose(env, CoreTurnedOff("/tree", [NAME]))


@pytest.mark.parametrize(
    ("place", "mine"), [("home/.jupyter", True), ("venv/etc/jupyter", True), ("etc", False)]
)
@pytest.mark.parametrize("shape", [{NAME: True}, [NAME]])
def test_the_file_is_named(tmp_path: Path, place: str, mine: bool, shape: object) -> None:
    """It says nothing else, and goes; what is the system's, no program turns on."""
    found = diagnosed(tmp_path, place, {"disabledExtensions": shape})
    assert found is not None
    assert place in found.evidence.looked_in
    (fix,) = found.fixes
    assert fix.automatic is mine
    assert [type(step) for step in fix.steps] == [Rename if mine else Tell]


OTHER = "@jupyterlab/extensionmanager-extension"


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ({"disabledExtensions": {NAME: True, OTHER: True}}, {"disabledExtensions": {OTHER: True}}),
        ({"disabledExtensions": [OTHER, NAME]}, {"disabledExtensions": [OTHER]}),
        ({"disabledExtensions": [NAME], "locked": {"a": 1}}, {"locked": {"a": 1}}),
    ],
)
def test_what_else_it_says_stays(tmp_path: Path, told: object, left: object) -> None:
    found = diagnosed(tmp_path, "home/.jupyter", told)
    assert found is not None
    (step,) = found.fixes[0].steps
    assert isinstance(step, Write)
    assert json.loads(step.text) == left


@pytest.mark.parametrize("told", [{"disabledExtensions": {NAME: False}}, "{broken", [], {}])
def test_no_file_says_so(tmp_path: Path, told: object) -> None:
    assert diagnosed(tmp_path, "home/.jupyter", told) is None
