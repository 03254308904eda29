"""What is a report, and what is said of a file that is none."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engine.classroom.class_reports import NOW, cause, check, document, file, handed

from envcheck.classroom.handed_in import LARGEST, Handed, Unreadable, read, receipt
from envcheck.classroom.html import render
from envcheck.classroom.message import Catalogue
from envcheck.classroom.overview import Asked, overview
from envcheck.classroom.text import Page
from envcheck_class.checked import contract

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=12,
)


def test_a_report_is_read() -> None:
    report = handed({**document(), "alias": "anna"})
    assert (report.alias, report.course, report.revision) == ("anna", "ml", "2026-11")
    assert (report.system, report.started.hour) == ("Linux", 10)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_what_powershell_writes_is_read(encoding: str) -> None:
    assert isinstance(read("r.json", json.dumps(document()).encode(encoding)), Handed)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b'{"schema": 1,', "cut short"),
        (b"<!doctype html><title>x", "the JSON that is read"),
        (b"%PDF-1.7", "the JSON that is read"),
        (b"[1, 2]", "no report of envcheck"),
        (b'{"a": 1}', "no report of envcheck"),
        (b"[" * 100_000, "cut short"),
        (b" " * (LARGEST + 1), "larger than"),
        (json.dumps({**document(), "schema": 2}).encode(), "newer envcheck"),
        (json.dumps({**document(), "schema": True}).encode(), "never was"),
        (json.dumps({**document(), "started": "yesterday"}).encode(), "time"),
        (json.dumps({**document(), "verdict": "great"}).encode(), "missing or changed"),
        (json.dumps({**document(), "checks": {}}).encode(), "missing or changed"),
        (json.dumps({**document(), "alias": ["x"]}).encode(), "missing or changed"),
    ],
)
def test_what_is_none_is_told_why(data: bytes, reason: str) -> None:
    found = read("file", data)
    assert isinstance(found, Unreadable)
    assert reason in found.reason


@given(JSON, st.sampled_from(sorted(document())))
def test_no_value_of_any_key_ends_in_a_traceback(value: Any, key: str) -> None:
    """Whatever stands there, it is a report that can be shown, or a reason."""
    found = read("file", json.dumps({**document(), key: value}).encode())
    assert isinstance(found, Handed | Unreadable)
    if isinstance(found, Handed):
        assert found.system is not None
        assert found.alias is not None


def test_a_key_of_a_newer_release_is_no_hindrance() -> None:
    assert isinstance(read("r", json.dumps({**document(), "mood": "good"}).encode()), Handed)


def test_nor_is_one_within() -> None:
    """A list beside what was found, a number beside the shells; what is null is not there."""
    bad = cause()
    bad["evidence"]["tried"] = ["a", "b"]
    bad["fixes"][0]["shell"]["nushell"] = None
    value = document("not-ready", [bad])
    value["target"]["os"] = {"name": None, "version": None, "cores": 8}
    assert handed(value).system == ""
    target = {**document()["target"], "os": {"name": "", "version": "", "cores": 8}}
    bad["fixes"][0]["shell"]["nushell"] = ["x"]
    contract.decode(json.dumps({**value, "target": target}).encode())
    summary = overview([file("r.json", value)], None, Asked("chapter2"), NOW)
    assert "kernelspec" in render(summary, Catalogue([]), projector=False)
    assert "kernelspec" in Page().render(summary, Catalogue([]))


def test_the_receipt_stands_for_the_bytes() -> None:
    """Forty bits of SHA-256 in Crockford's letters: the same value by the book."""
    data = b"a report"
    number = int(hashlib.sha256(data).hexdigest()[:10], 16)
    digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    spelled = ""
    for _ in range(8):
        number, place = divmod(number, 32)
        spelled = digits[place] + spelled
    assert receipt(data) == spelled
    assert len(receipt(b"")) == 8
    assert not {"I", "L", "O", "U"} & set(receipt(data))


def test_a_check_may_have_more_than_we_read() -> None:
    assert handed(document(checks=[check("kernel", typed=None, needs=[])])).document["checks"]
