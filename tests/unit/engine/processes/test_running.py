"""A clock that jumps ends no wait: a lid that was closed, a container that was paused."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from envcheck.processes import running
from envcheck.processes.running import Patience


@pytest.mark.parametrize(
    ("looks", "spent", "over"),
    [
        ([0.1, 0.2, 0.3], 0.3, False),
        ([0.5, 60.0, 60.5], 2.0, False),
        ([3600.0], 1.0, False),
        ([0.9 * number for number in range(1, 12)], 9.9, False),
        ([0.9 * number for number in range(1, 13)], 10.8, True),
    ],
    ids=["a moment", "a lid that was closed", "for an hour", "nearly", "long enough"],
)
def test_what_is_waited(
    looks: list[float], spent: float, over: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(running, "time", SimpleNamespace(monotonic=lambda: now[0]))
    waits = Patience(10.0)
    for look in looks:
        now[0] = 100.0 + look
        waits.is_over  # noqa: B018  # each look counts
    assert waits.spent == pytest.approx(spent)
    assert waits.is_over is over
    assert waits.left == pytest.approx(max(10.0 - spent, 0.0))
