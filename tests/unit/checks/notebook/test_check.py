"""Before a server is started: what would spoil the attempt, and whether there is anything to
launch.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.described_machines import STACK, WHOLE, on, python_at

from envcheck import Environment, Unknown, fail
from envcheck.testing import fails
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.machine import loopback
from envcheck_checks.notebook.check import notebook_launches


def learner(tmp_path: Path, packages: dict[str, str] = WHOLE) -> Environment:
    facts = {learners_jupyter: LearnersJupyter({}, None)}
    return on("linux", tmp_path, python_at(tmp_path / "venv", packages), facts=facts)


def test_nothing_is_started_on_a_machine_that_cannot_talk_to_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loopback, "diagnose", lambda: fail("loopback-down", "described"))
    fails(notebook_launches(STACK), learner(tmp_path), "loopback-down")


def test_nothing_to_launch(tmp_path: Path) -> None:
    outcome = notebook_launches(STACK).examine(learner(tmp_path, {"ipykernel": "6.29.0"}))
    assert isinstance(outcome, Unknown)
