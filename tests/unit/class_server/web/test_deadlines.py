from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from envcheck_class.web.deadlines import Deadlines


class Clock:
    """A loop's clock and its timers, moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0
        self.timers: list[tuple[float, Callable[[], None]]] = []

    def time(self) -> float:
        return self.now

    def call_at(self, when: float, call: Callable[..., None], *given: object) -> object:
        self.timers.append((when, lambda: call(*given)))
        return object()

    def call_later(self, delay: float, call: Callable[..., None], *given: object) -> object:
        return self.call_at(self.now + delay, call, *given)

    def until(self, now: float) -> None:
        """What is due until then is called, each at its time."""
        while due := sorted(timer for timer in self.timers if timer[0] <= now):
            self.timers.remove(due[0])
            self.now = due[0][0]
            due[0][1]()
        self.now = now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(asyncio, "get_running_loop", lambda: made)
    return made


def test_each_is_given_up_in_its_time_and_only_what_is_not_over(clock: Clock) -> None:
    deadlines, given_up = Deadlines(10.0), []
    for second, name in enumerate(("fox", "owl", "cat")):
        clock.until(second)
        deadlines.begin(name, lambda name=name: given_up.append((name, clock.now)))  # type: ignore[misc]  # bound now
    deadlines.over("owl")
    assert not deadlines.waits_for("owl") and deadlines.waits_for("cat")
    clock.until(100)
    assert given_up == [("fox", 10.0), ("cat", 12.0)]
    assert not deadlines.waits_for("fox")


def test_what_begins_anew_has_all_of_its_time(clock: Clock) -> None:
    """A connection on which one request follows another is given up for the last alone."""
    deadlines, given_up = Deadlines(10.0), []
    for second in (0, 4, 8):
        clock.until(second)
        deadlines.begin("fox", lambda: given_up.append(clock.now))
    clock.until(100)
    assert given_up == [18.0]


def test_there_is_one_timer_for_a_thousand(clock: Clock) -> None:
    deadlines = Deadlines(10.0)
    for number in range(1000):
        deadlines.begin(number, lambda: None)
        deadlines.over(number)
    assert len(clock.timers) == 1
    clock.until(100)
    assert not clock.timers
    deadlines.begin("fox", lambda: None)
    assert len(clock.timers) == 1


def test_one_that_begins_another_while_it_is_given_up(clock: Clock) -> None:
    deadlines, given_up = Deadlines(10.0), []

    def again() -> None:
        given_up.append(clock.now)
        if len(given_up) < 3:
            deadlines.begin("fox", again)

    deadlines.begin("fox", again)
    clock.until(100)
    assert given_up == [10.0, 20.0, 30.0]
