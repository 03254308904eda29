"""Where somebody stands: what a report bears out, not what it claims."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.engine.classroom.class_reports import NOW, STUCK, cause, check, document, handed

from envcheck.classroom.standing import Measure, State, changes, first_failing, state_of

MEASURE = Measure("2026-11", NOW)


@pytest.mark.parametrize(
    ("report", "state"),
    [
        (document(), State.READY),
        (document(causes=[cause("disk-low", "warning")]), State.WARNED),
        (STUCK, State.STUCK),
        (document("undetermined"), State.UNDETERMINED),
        (document(complete=False), State.PARTIAL),
        (document("not-ready", [cause()], complete=False), State.STUCK),
        (document("undetermined", complete=False), State.UNDETERMINED),
        (document(course={"id": "ml", "revision": "2025-09"}), State.STALE),
        # a claim that its own checks do not bear out
        (document("ready", [cause()]), State.STUCK),
        (document("ready", checks=[]), State.UNDETERMINED),
        (document("ready", checks=[check("kernel", "skip")]), State.UNDETERMINED),
        (document("ready", checks=[check("browser", required=False)]), State.UNDETERMINED),
    ],
)
def test_the_state(report: dict[str, Any], state: State) -> None:
    assert state_of(handed(report), MEASURE) is state


def test_an_optional_check_that_fails_keeps_nobody_back() -> None:
    rows = [check("python"), check("browser", "fail", required=False)]
    report = document(causes=[cause(check="chapter2.browser")], checks=rows)
    assert state_of(handed(report), MEASURE) is State.WARNED


def test_a_report_of_0_1_0_says_itself_that_it_is_a_part() -> None:
    """It has no `selection`."""
    rows = [check("python"), check("kernel", "skip", selected=False)]
    report = document(checks=rows)
    del report["selection"]
    assert state_of(handed(report), MEASURE) is State.PARTIAL
    whole = document()
    del whole["selection"]
    assert state_of(handed(whole), MEASURE) is State.READY


def test_age_counts_where_it_is_asked_for() -> None:
    report = handed(document(started="2026-11-20T10:00:00Z"))
    assert state_of(report, MEASURE) is State.READY
    assert state_of(report, Measure("2026-11", NOW, days=7)) is State.STALE
    assert state_of(report, Measure("2026-11", NOW, days=9)) is State.READY


def test_what_changed_since_the_report_before() -> None:
    assert changes(handed(document()), handed(STUCK)) == [
        "kernelspec-other-python is gone",
        "Kernel was fail, is pass",
    ]
    assert changes(handed(STUCK), handed(document()))[0] == "kernelspec-other-python is new"
    assert changes(handed(STUCK), handed(STUCK)) == []


def test_the_first_failing_check() -> None:
    failing = first_failing(handed(STUCK))
    assert failing is not None
    assert failing["id"] == "chapter2.kernel"
    assert first_failing(handed(document())) is None
