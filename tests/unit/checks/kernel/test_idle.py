"""A program that lives and does nothing is told from one that works, however slowly."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import cast

import pytest

from envcheck.processes.running import Running
from envcheck.processes.work import Work
from envcheck_checks.kernel import idle
from envcheck_checks.kernel.idle import Idle


def minutes(
    monkeypatch: pytest.MonkeyPatch, used: list[Work | float | None], limit: float
) -> list[bool]:
    """One look a second at a program that has used so much of the processor by then."""
    now = [0.0]
    monkeypatch.setattr(idle, "time", SimpleNamespace(monotonic=lambda: now[0]))
    program = SimpleNamespace(work=Work(0.0))
    watched = Idle(cast(Running, program), limit)
    answers = []
    for one in used:
        now[0] += 1.0
        program.work = Work(one) if isinstance(one, float) else one
        answers.append(watched.too_long())
    return answers


def test_a_program_that_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks around now and then, which is no work."""
    assert minutes(monkeypatch, [0.5, 0.5, 0.51, 0.51, 0.52, 0.52], 3) == [
        False,
        False,
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    "used",
    [
        [0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
        [None] * 6,
        [Work(0.0, read) for read in range(100_000, 700_000, 100_000)],
        [Work(0.0, 0, waits_for_disk=True)] * 6,
    ],
    ids=["works slowly", "cannot be seen", "reads", "waits for a disk"],
)
def test_a_program_that_may_work(
    monkeypatch: pytest.MonkeyPatch, used: list[Work | float | None]
) -> None:
    """Neither a slow one nor one that cannot be looked at is called idle."""
    assert not any(minutes(monkeypatch, used, 3))


def test_without_a_limit_nothing_is_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing is asked."""
    assert not any(minutes(monkeypatch, [0.0] * 5, math.inf))
