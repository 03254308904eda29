"""A failure where the container's limit was met is no verdict; everything else is as it was."""

from __future__ import annotations

import pytest

from envcheck import Outcome, Unknown, fail, ok, unknown, warn
from envcheck.run import too_tight
from envcheck.run.too_tight import judged
from envcheck.target.allowance import Allowance, allowance
from envcheck.testing import described

BROKEN = fail("x", "the kernel died")
LITTLE = Allowance(memory_mb=180, tasks=45)


def after(
    outcome: Outcome, now: Allowance, begun: Allowance, monkeypatch: pytest.MonkeyPatch
) -> Outcome:
    monkeypatch.setattr(too_tight, "read", lambda: now)
    return judged(outcome, described(facts={allowance: begun}))


@pytest.mark.parametrize("outcome", [BROKEN, (warn("y", "odd"), BROKEN), unknown("no answer")])
@pytest.mark.parametrize(
    ("now", "words"),
    [
        (Allowance(180, 45, ended=1), "ended a program for want of memory"),
        (Allowance(180, 45, refused=2), "refused to start a program"),
    ],
)
def test_limit_that_was_met(
    outcome: Outcome, now: Allowance, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = after(outcome, now, LITTLE, monkeypatch)
    assert isinstance(said, Unknown)
    assert words in said.summary
    assert "180 MB of memory and 45 processes and threads" in said.summary


@pytest.mark.parametrize(
    ("outcome", "begun", "now"),
    [
        (ok("fine"), LITTLE, Allowance(180, 45, ended=1)),
        (warn("y", "odd"), LITTLE, Allowance(180, 45, ended=1)),
        (BROKEN, LITTLE, LITTLE),
        (BROKEN, Allowance(180, 45, ended=4), Allowance(180, 45, ended=4)),
        (BROKEN, Allowance(memory_mb=4000), Allowance(memory_mb=4000, ended=1)),
        (BROKEN, Allowance(), Allowance(ended=1)),
    ],
)
def test_what_stays_as_it_was(
    outcome: Outcome, begun: Allowance, now: Allowance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What works, what failed before any limit was met, and a program that eats a large memory."""
    assert after(outcome, now, begun, monkeypatch) is outcome
