"""Before a server is started: what would spoil the attempt, and whether there is anything to
launch.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.unit.described_machines import STACK, WHOLE, on, python_at

from envcheck import Diagnosis, Environment, Fine, Outcome, Unknown, fail, ok
from envcheck.testing import fails
from envcheck_checks.commands.facts import Command
from envcheck_checks.jupyter.check import LaunchWay, by_module
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.machine import loopback
from envcheck_checks.notebook.check import notebook_launches
from envcheck_checks.notebook.launching import asked_first, launch
from envcheck_checks.notebook.server import learners_server
from envcheck_checks.notebook.server.learners_server import AddsWords, Spoiled


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


@pytest.mark.parametrize(("typed", "plain"), [("/venv/bin/jupyter", True), ("", False)])
def test_a_command_that_adds_words_is_left_for_the_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, plain: bool
) -> None:
    """Which does as it is told; where that does not either, nobody can tell."""
    env, tried = learner(tmp_path), list[tuple[str, ...]]()
    module = by_module(env, "notebook")

    def prove(_env: object, _stack: object, _up: object, way: LaunchWay, *_: object) -> Outcome:
        tried.append(way.argv)
        if plain and way == module:
            return ok("served")
        raise AddsWords("listen to this machine alone", "it listens to others at 0.0.0.0")

    up = SimpleNamespace(running=SimpleNamespace(end=lambda: None))
    monkeypatch.setattr(launch, "prove", prove)
    monkeypatch.setattr(asked_first, "BEFOREHAND", ())
    monkeypatch.setattr(learners_server, "start", lambda *_: up)
    way = LaunchWay("notebook", (typed, "notebook"), "jupyter notebook") if typed else module
    outcome = launch.launch(env, STACK, way)
    assert tried == [*([way.argv] if typed else []), module.argv]
    assert isinstance(outcome, Fine if plain else Unknown)


@pytest.mark.parametrize(
    ("plain", "late", "answer"),
    [
        (ok("served"), False, "jupyter-command-spoils"),
        (fail("server-hangs", "described"), False, "server-hangs"),
        (ok("served"), True, ""),
    ],
)
def test_a_script_is_the_cause_where_the_module_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plain: Outcome, late: bool, answer: str
) -> None:
    """Where that does not either, its own cause comes first; where all is slow, nobody can tell."""
    env = learner(tmp_path)
    module = by_module(env, "notebook")

    def prove(_env: object, _stack: object, _up: object, way: LaunchWay, *_: object) -> Outcome:
        if way == module:
            return plain
        raise Spoiled("start", "it ended", late=late)

    up = SimpleNamespace(running=SimpleNamespace(end=lambda: None))
    script = Command("/school/jupyter", None, None)
    monkeypatch.setattr(launch, "prove", prove)
    monkeypatch.setattr(launch, "speaking", lambda *_: script)
    monkeypatch.setattr(asked_first, "BEFOREHAND", ())
    monkeypatch.setattr(learners_server, "start", lambda *_: up)
    way = LaunchWay("notebook", (script.path, "notebook"), "jupyter notebook", speaks=True)
    outcome = launch.launch(env, STACK, way)
    assert (outcome.code if isinstance(outcome, Diagnosis) else "") == answer
    if isinstance(outcome, Unknown):
        assert outcome.summary.endswith("still at work: this was waited for in vain: start")
