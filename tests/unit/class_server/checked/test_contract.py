"""The types and the published schema say the same of what is a report."""

from __future__ import annotations

import copy
import json
from importlib import resources
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engine.classroom.class_reports import STUCK, cause, check, document

from envcheck_class.checked import contract

SCHEMA = json.loads((resources.files("envcheck") / "report.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
REPORTS = (
    document(alias="fox"),
    STUCK,
    document("not-ready", [cause(), cause("disk-low", "warning")], complete=False),
    document(checks=[check("python"), check("browser", "skip", required=False)]),
    document("undetermined"),
)
STRANGE: tuple[Any, ...] = (None, True, 0, -1, 1.5, "", "x", "ready", "skip", [], {}, ["x"], [{}])


def test_the_types_have_every_key_of_the_schema() -> None:
    """A key that only the schema knows would be taken whatever its value is."""
    known = {"report": contract.Report, "course": contract.Course}
    schemas = {"report": SCHEMA, "course": SCHEMA["properties"]["course"]}
    for name, struct in known.items():
        assert set(struct.__struct_fields__) == set(schemas[name]["properties"]), name


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value in a document."""
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [at, *(way for key, one in inner for way in places(one, (*at, key)))]


def accepted(value: Any) -> bool:
    try:
        contract.decode(json.dumps(value).encode())
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("report", REPORTS)
def test_reports_are_reports(report: dict[str, Any]) -> None:
    assert VALIDATOR.is_valid(report) and accepted(report)


@given(st.data())
def test_a_report_with_something_changed(data: st.DataObject) -> None:
    """What the schema refuses is refused, wherever it lies; of what it lets through, only times
    that no calendar has.
    """
    report = copy.deepcopy(data.draw(st.sampled_from(REPORTS)))
    way = data.draw(st.sampled_from(places(report)[1:]))
    inner: Any = report
    for key in way[:-1]:
        inner = inner[key]
    if data.draw(st.booleans()):
        inner[way[-1]] = data.draw(st.sampled_from(STRANGE))
    elif isinstance(inner, dict):
        del inner[way[-1]]
    assert accepted(report) == VALIDATOR.is_valid(report), way


def test_what_may_be_absent_may_not_be_null() -> None:
    """The alias may: nobody need have one."""
    assert accepted(document(alias=None))
    assert not accepted(document(selection=None)) and not VALIDATOR.is_valid(
        document(selection=None)
    )


def test_no_calendar_has_that_day() -> None:
    assert not accepted(document(started="2026-02-30T10:00:00Z"))


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"null", b"[]", b"\xff\xfe{\x00}\x00", b"[" * 100_000, b'{"a":' * 100_000, b"\x00"],
    ids=["empty", "cut", "null", "list", "utf-16", "deep list", "deep object", "nul"],
)
def test_what_is_no_report_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(ValueError):
        contract.decode(body)
    assert contract.schema_of(body) is None
