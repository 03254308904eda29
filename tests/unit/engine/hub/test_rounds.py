"""Visits side by side, and what all of them say: on the screen, as JSON, as an exit code."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from tests.pace import within
from tests.unit.engine.classroom.class_reports import STUCK, document, handed

from envcheck.classroom.standing import State
from envcheck.hub import data, text
from envcheck.hub.rounds import Rounds, exit_code, percentiles
from envcheck.hub.visit import Visit

CODE = STUCK["diagnoses"][0]["code"]
ABOUT = text.About("hub.example.org", "6.1.1", ("chapter2",), 2)
READY = Visit("anna", report=handed(document()), ready=12.3, seconds=20.0)
LACKING = Visit("ben", report=handed(STUCK), ready=8.0, seconds=30.0)
NOTHING = Visit(
    "<b>carla</b>\x1b[31m", reason="the server did not start: no such image", ready=None
)
PART = Visit("dora", report=handed(document(complete=False)))
UNTOLD = Visit("emil", report=handed(document("undetermined")), running="it did not stop in time")


@pytest.mark.parametrize(
    ("visits", "code"),
    [
        ([READY], 0),
        ([READY, PART], 0),
        ([READY, LACKING, NOTHING], 1),
        ([READY, NOTHING], 3),
        ([READY, UNTOLD], 3),
        ([], 3),
    ],
)
def test_the_exit_code(visits: list[Visit], code: int) -> None:
    """1 where somebody is not ready, 3 where something could not be told, and of nobody."""
    assert exit_code(visits) == code


def test_a_report_that_lies_is_not_believed() -> None:
    """It says ready, and a required check has failed."""
    lie = {**STUCK, "verdict": "ready", "exit_code": 0}
    assert Visit("eve", report=handed(lie)).state is State.STUCK


def test_how_soon_servers_were_ready() -> None:
    """By the nearest rank, of those that were started."""
    visits = [Visit(str(number), ready=float(number)) for number in range(1, 21)]
    assert percentiles([*visits, NOTHING]) == {50: 10.0, 90: 18.0, 100: 20.0}
    assert percentiles([NOTHING]) == {}
    assert percentiles([READY]) == {50: 12.3, 90: 12.3, 100: 12.3}


def test_the_text() -> None:
    """Who needs somebody first, within 80 columns; nothing of a name steers the terminal."""
    shown = text.render([READY, UNTOLD, PART, NOTHING, LACKING], ABOUT, 95.0)
    assert max(map(len, shown.splitlines())) <= 80
    assert "\x1b" not in shown
    rows = [line for line in shown.splitlines() if line.startswith("  ") and line[2] != " "]
    assert [row.split("  ")[1] for row in rows] == [
        "NOT READY", "could not tell", "no report", "works", "ready",
    ]  # fmt: skip
    assert f"why: envcheck explain {CODE}" in shown
    assert "its server may still run: it did not stop in time" in shown
    assert "1 not ready, 1 could not be told, 1 without a report" in " ".join(shown.split())
    assert "8.0 s (half of them), 12.3 s (9 of 10), 12.3 s (all)" in " ".join(shown.split())


def test_the_text_of_nothing() -> None:
    assert text.render([], ABOUT, 1.0).endswith("no visit has ended\n")
    assert text.render([READY], ABOUT, 1.0).endswith("What was started was ready in 12.3 s.\n")


def test_the_json() -> None:
    value: dict[str, Any] = json.loads(data.render([READY, NOTHING], ABOUT, 95.0))
    assert (value["kind"], value["exit_code"], value["ready_seconds"]["90"]) == ("hub", 3, 12.3)
    nothing, ready = value["users"]
    assert (nothing["user"], nothing["state"]) == (NOTHING.user, "no report")
    assert nothing["reason"] == NOTHING.reason and nothing["report"] is None
    assert ready["report"]["verdict"] == "ready" and ready["alias"] == "anna"


def test_never_more_at_a_time() -> None:
    """Twenty visits by three: each once, and no more than three side by side."""
    lock, going, most = threading.Lock(), 0, 0

    def visit(user: str) -> Visit:
        nonlocal going, most
        with lock:
            going += 1
            most = max(most, going)
        threading.Event().wait(0.01)
        with lock:
            going -= 1
        return Visit(user)

    users = [str(number) for number in range(20)]
    ended = [*Rounds(users, 3, visit, threading.Event())]
    assert sorted(visit.user for visit in ended) == sorted(users)
    assert 1 <= most <= 3


def test_none_begins_after_a_halt() -> None:
    """Those that have begun are waited for."""
    halt, begun = threading.Event(), threading.Event()

    def visit(user: str) -> Visit:
        begun.set()
        halt.wait(within(10))
        return Visit(user)

    rounds = Rounds(["anna", "ben"], 1, visit, halt)
    assert begun.wait(within(10))
    halt.set()
    assert [visit.user for visit in rounds] == ["anna"]
