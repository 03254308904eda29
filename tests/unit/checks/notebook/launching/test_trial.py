"""A server that is tried again: what is told of it, and what cannot be told."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.unit.checks.notebook.server.test_slow import Program
from tests.unit.described_machines import on

from envcheck_checks.jupyter.check import LaunchWay
from envcheck_checks.notebook.launching import exercise, trial
from envcheck_checks.notebook.server import learners_server, slow
from envcheck_checks.notebook.server.no_answer import no_answer

ENDS = slow.ends
WAY = LaunchWay("notebook", ("python", "-m", "notebook"), "jupyter notebook")


@pytest.mark.parametrize("step", ["exercise_server", "shut_down"])
@pytest.mark.parametrize(
    ("error", "told"),
    [(None, True), (TimeoutError(), None), (ConnectionResetError(), False)],
    ids=["works", "late", "fails"],
)
def test_what_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    error: Exception | None,
    told: bool | None,
) -> None:
    """What was waited for in vain tells nothing: the next trial may run beside it."""

    def does(*_: object) -> None:
        if error is not None:
            raise no_answer("serve the page", error)

    program = SimpleNamespace(end=lambda: None, code=None, wait=lambda _: True)
    tried = SimpleNamespace(wait_up=lambda _: True, running=program)
    monkeypatch.setattr(learners_server, "start", lambda *_: tried)
    for name in ("exercise_server", "shut_down"):
        monkeypatch.setattr(exercise, name, does if name == step else lambda *_: None)
    assert trial.works_without(on("linux", tmp_path), WAY, []) is told


@pytest.mark.parametrize(
    ("part", "ends", "given_up", "seconds"),
    [
        (0.0, 5.0, False, 5),
        (0.0, 1e9, True, 28),
        (0.5, 40.0, False, 40),
        (0.5, 1e9, True, 75),
    ],
    ids=["quick", "it hangs", "slow, and works", "it works for ever"],
)
def test_slow_is_not_given_up(
    monkeypatch: pytest.MonkeyPatch, part: float, ends: float, given_up: bool, seconds: float
) -> None:
    """A trial on a busy machine goes on while it is at work; one that hangs ends as ever."""
    program, ended = Program(monkeypatch, part, ends), []
    running = SimpleNamespace(wait=program.wait, end=lambda: ended.append(program.now))
    monkeypatch.setattr(slow, "ends", lambda _, *limits: ENDS(cast(Any, program), *limits))
    assert trial._give_up(cast(Any, running)) is given_up
    assert bool(ended) is given_up
    assert program.now == pytest.approx(seconds, abs=3)
