"""The types and the published schema say the same of what is a report."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from importlib import resources
from typing import Any

import jsonschema
import msgspec
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


def keys_of_schema(schema: dict[str, Any], at: str = "report") -> Iterator[tuple[str, str]]:
    """Every key of every object that the schema describes, with the way to it."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    for variant in (*schema.get("anyOf", ()), *(case["then"] for case in schema.get("allOf", ()))):
        yield from keys_of_schema(variant, at)
    for key, inner in schema.get("properties", {}).items():
        yield at, key
        yield from keys_of_schema(inner, f"{at}.{key}")
    if "items" in schema:
        yield from keys_of_schema(schema["items"], at)


def keys_of_types(info: Any, at: str = "report") -> Iterator[tuple[str, str]]:
    """Every key of every structure that a report is decoded into, with the way to it."""
    for variant in getattr(info, "types", ()):
        yield from keys_of_types(variant, at)
    if getattr(info, "tag_field", None):
        yield at, info.tag_field
    for field in getattr(info, "fields", ()):
        yield at, field.encode_name
        yield from keys_of_types(field.type, f"{at}.{field.encode_name}")
    if hasattr(info, "item_type"):
        yield from keys_of_types(info.item_type, at)


def test_the_types_have_every_key_of_the_schema() -> None:
    """A key that only the schema names would be accepted whatever its value is."""
    typed = set(keys_of_types(msgspec.inspect.type_info(contract.Report)))
    assert typed == set(keys_of_schema(SCHEMA))


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


def test_a_newer_envcheck_of_the_same_schema_is_taken() -> None:
    """With steps that we do not know, and ways to activate a Python; the bytes are kept as they came."""
    newer = copy.deepcopy(STUCK)
    [fix] = newer["diagnoses"][0]["fixes"]
    for step in (
        {"do": "set-registry", "key": "HKCU"},
        {"do": "use-python", "python": "~/ml", "kind": "pixi"},
        {"do": ""},
    ):
        fix["steps"] = [step]
        assert VALIDATOR.is_valid(newer) and accepted(newer), step
    strange: tuple[Any, ...] = ({"do": 5}, {"do": None}, {}, [], "run", {"do": "run"})
    for broken in strange:
        fix["steps"] = [{"do": "set-registry"}, broken]
        assert not VALIDATOR.is_valid(newer) and not accepted(newer), broken


def test_the_kinds_of_steps_are_those_of_the_types() -> None:
    cases = SCHEMA["$defs"]["step"]["allOf"]
    assert [case["if"]["properties"]["do"]["const"] for case in cases] == [*contract.KINDS]
    steps = (contract.Run, contract.UnsetEnv, contract.SetEnv, contract.Rename, contract.Write)
    assert {step.__struct_config__.tag for step in (*steps, contract.UsePython, contract.Tell)} == {
        *contract.KINDS
    }


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
