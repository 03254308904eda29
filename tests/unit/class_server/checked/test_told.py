"""What is held of a report tells the same as its brief."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.class_server.made import CHAPTER, body
from tests.unit.engine.classroom.class_reports import cause, check

from envcheck.classroom import data, text
from envcheck.classroom.handed_in import Handed, read
from envcheck.classroom.overview import Asked, Overview, overview
from envcheck.classroom.sources import File
from envcheck.classroom.standing import State
from envcheck_class.checked.arriving import Checked
from envcheck_class.checked.arriving import check as arriving
from envcheck_class.checked.told import told

NOW = datetime(2026, 11, 28, 12, tzinfo=timezone.utc)
IDS = [f"check-{number}" for number in range(12)]
CHECKS = st.lists(
    st.builds(
        lambda id, status, required, selected, blocked: {
            **check(id, status),
            "id": id,
            "required": required,
            "selected": selected,
            "skip_reason": "asked" if status == "skip" else None,
            "blocked_by": "check-0" if blocked and status == "skip" else None,
        },
        st.sampled_from(IDS),
        st.sampled_from(("pass", "warn", "fail", "skip", "error")),
        st.booleans(),
        st.booleans(),
        st.booleans(),
    ),
    max_size=8,
)
CAUSES = st.lists(
    st.builds(
        lambda code, severity, ids: {**cause(code=code), "severity": severity, "checks": ids},
        st.sampled_from(("one", "two", "three")),
        st.sampled_from(("error", "warning")),
        st.lists(st.sampled_from(IDS), min_size=1, unique=True),
    ),
    max_size=4,
)


def brief(**changed: Any) -> bytes:
    found = arriving(body(**changed), CHAPTER)
    assert isinstance(found, Checked), found
    return found.brief


def seen(report: Handed) -> Overview:
    return overview([File((), report)], None, Asked(CHAPTER), NOW)


@given(CHECKS, CAUSES, st.sampled_from((0, 1, 3)), st.booleans(), st.booleans())
def test_it_stands_where_the_report_does(
    checks: list[dict[str, Any]],
    causes: list[dict[str, Any]],
    code: int,
    interrupted: bool,
    complete: bool,
) -> None:
    """What a server holds of a report tells the same as `class show` of the whole one."""
    verdict = {0: "ready", 1: "not-ready", 3: "undetermined"}[code]
    changed: dict[str, Any] = {
        "checks": checks,
        "diagnoses": causes,
        "exit_code": code,
        "verdict": verdict,
    }
    changed = {**changed, "interrupted": interrupted, "complete": complete}
    report = read("", body(**changed))
    assert isinstance(report, Handed)
    held, whole = (
        seen(one)
        for one in (
            told("7", "RECEIPT1", brief(**changed), 1),
            Handed("7", "RECEIPT1", report.document, 1),
        )
    )
    assert data.as_csv(held) == data.as_csv(whole)
    assert (held.groups, held.versions, held.counts) == (whole.groups, whole.versions, whole.counts)
    assert text.why(held.people[0], held) == text.why(whole.people[0], whole)


def test_what_decides_is_not_among_what_is_cut() -> None:
    """A required failure behind a hundred others that are not required."""
    rows = [{**check(f"o{number}", "fail", required=False)} for number in range(150)]
    held = told("1", "", brief(checks=[check("python"), *rows, check("kernel", "fail")]), 1)
    assert seen(held).people[0].state is State.STUCK


def test_a_brief_from_before_stands_by_what_it_has() -> None:
    old = json.loads(brief())
    del old["state"], old["interrupted"]
    held = told("1", "", json.dumps(old).encode(), 1)
    assert seen(held).people[0].state is State.READY


def test_what_many_have_alike_is_held_once() -> None:
    one, other = (told("1", "", brief(alias=alias, stuck=True), 1) for alias in ("fox", "owl"))
    assert one.document["alias"] != other.document["alias"]
    for part in ("course", "target", "chapters"):
        assert one.document[part] is other.document[part]
    assert one.document["diagnoses"][0] is other.document["diagnoses"][0]


def test_nobody_makes_a_server_hold_much() -> None:
    """A hundred checks and causes, each with a hundred names as long as they may be."""
    ids = [f"{number}" + "x" * 90 for number in range(100)]
    checks = [{**check("x", "fail"), "id": id, "summary": "y" * 900} for id in ids]
    causes = [{**cause(code=f"c{number}"), "checks": ids} for number in range(100)]
    held = told("1", "", brief(checks=checks, diagnoses=causes, stuck=True), 1).document
    assert len(held["checks"]) <= 9
    assert max(len(one["checks"]) for one in held["diagnoses"]) == 8
