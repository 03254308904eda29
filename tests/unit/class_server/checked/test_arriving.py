from __future__ import annotations

import json

from tests.unit.class_server.made import CHAPTER, body
from tests.unit.engine.classroom.class_reports import cause, document
from tests.unit.engine.classroom.class_reports import check as check_row

from envcheck.classroom.handed_in import Handed, read, receipt
from envcheck.classroom.standing import DONE, Measure, state_of
from envcheck_class.checked.arriving import LARGEST, Checked, Refused, check
from envcheck_class.checked.told import told


def test_a_report_is_kept_as_it_came() -> None:
    sent = body()
    found = check(sent, CHAPTER)
    assert isinstance(found, Checked)
    assert (found.alias, found.body, found.receipt, found.ready) == (
        "fox",
        sent,
        receipt(sent),
        True,
    )


def test_what_is_not_kept_and_why() -> None:
    newer = json.dumps({"schema": 2, "envcheck": "9"}).encode()
    for sent, status, code in (
        (b"hello", 400, "not-a-report"),
        (newer, 400, "newer-schema"),
        (body(None), 409, "no-alias"),
        (body(" \u202e "), 409, "no-alias"),
        (body(chapters=["chapter9"]), 400, "other-chapter"),
    ):
        found = check(sent, CHAPTER)
        assert isinstance(found, Refused)
        assert (found.status, found.code) == (status, code)


def test_the_brief_stands_where_the_report_stands() -> None:
    """Every state is the same by the brief and by the whole report."""
    for report in (
        document(alias="a"),
        document("not-ready", [cause()], alias="a"),
        document(causes=[cause(severity="warning")], alias="a"),
        document("undetermined", alias="a"),
        document(complete=False, alias="a"),
        document(checks=[], alias="a"),
        document(alias="a", checks=[check_row("python"), check_row("kernel", "fail")]),
        document(alias="a", checks=[check_row("python"), check_row("kernel", "error")]),
        document(alias="a", checks=[check_row("python"), check_row("kernel", "skip")]),
        document(alias="a", checks=[check_row("python", selected=False), check_row("kernel")]),
        document(alias="a", interrupted=True),
    ):
        sent = json.dumps(report).encode()
        found, whole = check(sent, CHAPTER), read("", sent)
        assert isinstance(found, Checked) and isinstance(whole, Handed)
        measure = Measure(whole.revision, whole.started)
        state = state_of(whole, measure)
        assert state_of(told("1", "", found.brief, 1), measure) is state
        assert found.ready is (state in DONE)


def test_a_megabyte_in_a_sentence_makes_no_long_brief() -> None:
    sent = body(stuck=True, diagnoses=[cause(summary="x" * (LARGEST - 5000))])
    found = check(sent, CHAPTER)
    assert isinstance(found, Checked)
    assert len(found.body) > 1_000_000 and len(found.brief) < 3000
