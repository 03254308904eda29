"""Where somebody stands: what a report bears out, not what it claims."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engine.classroom.class_reports import NOW, STUCK, cause, check, document, handed

from envcheck.classroom.overview import Asked, overview
from envcheck.classroom.sources import File
from envcheck.classroom.standing import Measure, State, changes, first_failing, state_of
from envcheck.classroom.text import why

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
        *(
            (document("ready", checks=[check("python"), check("kernel", **changed)]), state)
            for changed, state in (
                ({"status": "fail"}, State.STUCK),
                ({"status": "fail", "selected": False}, State.STUCK),
                ({"status": "error"}, State.UNDETERMINED),
                ({"status": "passed"}, State.UNDETERMINED),
                ({"status": "skip", "skip_reason": None}, State.UNDETERMINED),
                ({"status": "skip", "blocked_by": "chapter2.python"}, State.UNDETERMINED),
                ({"status": "pass", "selected": False}, State.PARTIAL),
                ({"status": "skip", "skip_reason": "not for this platform"}, State.READY),
            )
        ),
        (document("ready", interrupted=True), State.UNDETERMINED),
        (document("ready", exit_code=130), State.UNDETERMINED),
        (document("ready", exit_code=1), State.UNDETERMINED),
    ],
)
def test_the_state(report: dict[str, Any], state: State) -> None:
    assert state_of(handed(report), MEASURE) is state


STATUSES = ("pass", "warn", "fail", "skip", "error", "passed", "")


@given(
    st.lists(
        st.builds(
            lambda status, required, **more: check("kernel", status, required, **more),
            st.sampled_from(STATUSES),
            st.booleans(),
            selected=st.sampled_from((True, False, None)),
            blocked_by=st.sampled_from((None, "chapter2.python")),
            skip_reason=st.sampled_from((None, "", "skipped: offline")),
        ),
        max_size=4,
    ),
    st.booleans(),
    st.sampled_from((0, 1, 3, 130)),
)
def test_nobody_is_ready_by_their_word(
    checks: list[dict[str, Any]], interrupted: bool, code: int
) -> None:
    """Whatever the verdict says, each required check was asked for, and has passed or says itself
    why it does not count here.
    """
    report = document("ready", checks=checks, interrupted=interrupted, exit_code=code)
    if state_of(handed(report), MEASURE) not in (State.WARNED, State.READY):
        return
    required = [row for row in checks if row["required"]]
    assert (interrupted, code) == (False, 0)
    assert any(row["status"] in ("pass", "warn") for row in required)
    for row in required:
        assert row["selected"] is not False
        assert row["status"] in ("pass", "warn", "skip")
        if row["status"] == "skip":
            assert row["skip_reason"] and not row["blocked_by"]


def test_what_leaves_it_open_is_told() -> None:
    blocked = check("kernel", "skip", skip_reason="blocked by it", blocked_by="chapter2.python")
    for report, words in (
        (document(interrupted=True, exit_code=130), "the run was interrupted"),
        (document(checks=[check("python"), blocked]), "Kernel: blocked by it"),
        (document(checks=[check("python", "passed")]), "Python: it has no answer (passed)"),
        (document(checks=[]), "nothing was proved"),
    ):
        seen = overview([File((), handed(report))], None, Asked(), NOW)
        assert why(seen.people[0], seen).startswith(words)


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
    assert Measure("2026-11", NOW, days=1.0).is_stale(report) == "older than 1 day"


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
