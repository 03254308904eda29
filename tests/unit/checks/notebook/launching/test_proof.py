"""A server that was started: what is proved of it, or why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.unit.described_machines import STACK, on, python_at

from envcheck import Outcome, fact
from envcheck_checks.jupyter.check import LaunchWay
from envcheck_checks.jupyter.config_files import config_files
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.kernel.answers import End, Start
from envcheck_checks.kernel.shared import SharedKernel, shared_kernel
from envcheck_checks.notebook.launching import exercise
from envcheck_checks.notebook.launching.exercise import ServerProof
from envcheck_checks.notebook.launching.export import NotExported
from envcheck_checks.notebook.launching.proof import prove
from envcheck_checks.notebook.server import slow
from envcheck_checks.notebook.server.learners_server import Server, ServerTrouble

PROOF = ServerProof(1, "/venv", "/venv/bin/python")


def proved(
    tmp_path: Path,
    *,
    up: bool = True,
    kernel_seconds: float = 0.6,
    works: bool | None = False,
) -> ServerProof | Outcome:
    facts: dict[fact[Any], object] = {
        learners_jupyter: LearnersJupyter({}, None),
        config_files: (),
        shared_kernel: SharedKernel(None, Start(End.REPLIED, kernel_seconds)),
    }
    env = on("linux", tmp_path, python_at(tmp_path / "venv"), facts=facts)
    running = SimpleNamespace(code=1, settled_log=lambda: "")
    started = SimpleNamespace(running=running, wait_up=lambda _: up, seconds=2.0)
    way = LaunchWay("notebook", ("python", "-m", "notebook"), "jupyter notebook")
    return prove(env, STACK, cast(Server, started), way, lambda _: works, 0.0)


def code(outcome: ServerProof | Outcome) -> str:
    return getattr(outcome, "code", type(outcome).__name__)


def raising(trouble: ServerTrouble) -> Callable[..., ServerProof]:
    def exercise(*_: object) -> ServerProof:
        raise trouble

    return exercise


def test_a_server_that_still_exports_is_not_blamed_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = replace(PROOF, not_exported=NotExported("no answer in 20 s", 0, late=True))
    monkeypatch.setattr(exercise, "exercise_server", lambda *_: late)
    monkeypatch.setattr(exercise, "shut_down", lambda _: None)
    monkeypatch.setattr(slow, "ends", lambda *_: False)
    assert proved(tmp_path) == late


@pytest.mark.parametrize(
    ("ends", "expected"),
    [(True, "ServerProof"), (False, "server-does-not-stop"), (None, "Unknown")],
)
def test_a_server_that_does_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ends: bool | None, expected: str
) -> None:
    monkeypatch.setattr(exercise, "exercise_server", lambda *_: PROOF)
    monkeypatch.setattr(exercise, "shut_down", lambda _: None)
    monkeypatch.setattr(slow, "ends", lambda *_: ends)
    assert code(proved(tmp_path)) == expected


def test_a_server_that_does_not_come_up(tmp_path: Path) -> None:
    assert code(proved(tmp_path, up=False)) == "server-does-not-start"


@pytest.mark.parametrize(
    ("late", "seconds", "expected"),
    [(True, 14.0, "Unknown"), (True, 0.6, "server-step-fails"), (False, 14.0, "server-step-fails")],
)
def test_a_step_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: bool, seconds: float, expected: str
) -> None:
    """Where the kernel is slow, and nothing came until the deadline, nothing is known of the
    server.
    """
    trouble = ServerTrouble("serve the page", "no answer", late=late)
    monkeypatch.setattr(exercise, "exercise_server", raising(trouble))
    monkeypatch.setattr(slow, "ends", lambda *_: False)
    assert code(proved(tmp_path, kernel_seconds=seconds)) == expected


@pytest.mark.parametrize("late", [True, False])
def test_a_step_that_works_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: bool
) -> None:
    """It failed by chance."""
    trouble = ServerTrouble("serve the page", "status 500", late=late)
    monkeypatch.setattr(exercise, "exercise_server", raising(trouble))
    monkeypatch.setattr(slow, "ends", lambda *_: False)
    assert code(proved(tmp_path, works=True)) == "Unknown"


def test_a_server_that_is_still_at_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trouble = ServerTrouble("serve the page", "no answer in time", late=True)
    monkeypatch.setattr(exercise, "exercise_server", raising(trouble))
    monkeypatch.setattr(slow, "ends", lambda *_: None)
    assert code(proved(tmp_path, works=None)) == "Unknown"
