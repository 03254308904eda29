"""A run that cannot begin, or end, has a report all the same: what is known, and why there is no
more.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from envcheck import Chapter, Check, Course, Environment, ok
from envcheck.environment import Located, Options
from envcheck.errors import NoRoom
from envcheck.model import Status
from envcheck.run import plan, session
from envcheck.run.report import Report
from envcheck.run.request import Request
from envcheck.run.runner import Event
from envcheck.run.session import Session
from envcheck.run.workplace import environment
from envcheck.target import allowance as allowance_module
from envcheck.target.allowance import Allowance, memory_at_first

NEVER = Check("never", "Never", lambda env: ok("fine"))
OTHER = Check("other", "Other", lambda env: ok("fine"), needs=(NEVER,))


def request(folder: Path, **selection: tuple[str, ...]) -> Request:
    course = Course("c", "C", [Chapter("w", "W", [NEVER, OTHER])])
    planned = plan.make(course, plan.Selection(("w",), **selection), Options())
    located = Located((sys.executable,), "the test")
    return Request(course, ("w",), planned, located, {"PATH": ""}, folder)


@pytest.mark.parametrize("error", [NoRoom("no folder. Free some space"), KeyError("x")])
def test_what_cannot_begin(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each check says why it told nothing; whoever shows progress is told of each."""

    def broken(_request: Request) -> Environment:
        raise error

    monkeypatch.setattr(session, "environment", broken)
    begun: list[Report] = []
    events: list[Event] = []
    report = Session(request(tmp_path)).run(begun.append, events.append)
    assert report.exit_code == 3
    assert [result.status for result in report.results] == [Status.UNDETERMINED] * 2
    assert all(result.summary.startswith("not told: ") for result in report.results)
    assert ("Free some space" in report.results[0].summary) is isinstance(error, NoRoom)
    assert [event.result for event in events] == [*report.results]
    assert begun[0].target.python == sys.executable


def test_what_was_left_out_stays_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_request: Request) -> Environment:
        raise NoRoom("no folder")

    monkeypatch.setattr(session, "environment", broken)
    report = Session(request(tmp_path, skip=("never",))).run()
    assert [result.status for result in report.results] == [Status.SKIP, Status.UNDETERMINED]


def test_what_breaks_at_the_end_keeps_its_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The checks were made: what fails while things are put away changes no result."""

    @contextlib.contextmanager
    def closing_badly(wanted: Request) -> Iterator[Environment]:
        with environment(wanted) as env:
            yield env
        raise OSError("the folder cannot be removed")

    monkeypatch.setattr(session, "environment", closing_badly)
    report = Session(request(tmp_path)).run()
    assert (report.exit_code, [*map(str, {one.status for one in report.results})]) == (
        0,
        [str(Status.PASS)],
    )


def test_a_container_that_allows_too_little(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """envcheck would be killed beside a kernel, without a word: nothing is begun."""
    monkeypatch.setattr(allowance_module, "read", lambda: Allowance(memory_mb=90))
    report = Session(request(tmp_path)).run()
    assert report.exit_code == 3
    assert "90 MB of memory" in report.results[0].summary


def test_memory_is_looked_at_before_anything_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kernel and a server of ours take their part of it, and give it back."""
    free = [800.0, 250.0]
    monkeypatch.setattr(allowance_module, "available_mb", lambda: free[0])
    with environment(request(tmp_path)) as env:
        free.pop(0)
        assert memory_at_first(env) == 800.0
