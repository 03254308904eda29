"""What somebody else's JSON says is of the shape that we expect, or it is nothing: never an error
later.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck.shape import ANY_OBJECT, fits, read_file, read_object
from envcheck.target import interpreter
from envcheck.target.description import is_description

TEXTS = st.text(max_size=6)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=10,
)
ROW = {"entry": "a-1.dist-info", "folder": "/lib", "name": "a", "version": "1", "requires": ["b"]}
DESCRIPTION = {
    **{"executable": "/p", "version": "3.12.1", "implementation": "cpython", "prefix": "/"},
    **{"base_prefix": "/", "bits": 64, "path": ["/lib"], "machine": "linux", "suffix": ".so"},
    **{"gaps": {"zlib": "no"}, "paths": {"stdlib": "/lib"}, "stdlib_names": ["os"]},
    **{"distributions": [ROW], "user_site": {"folder": "/u", "base": "/b", "enabled": True}},
}


def with_nulls(read: Any, value: Any) -> Any:
    """What was read, with the names that the value has and that are null there."""
    if not isinstance(read, dict):
        return read
    return {name: with_nulls(read.get(name), item) for name, item in value.items()}


@given(value=ANY_JSON)
def test_any_json_is_an_object_or_nothing(value: Any) -> None:
    """No value of JSON raises, whatever shape is asked for."""
    text = json.dumps(value)
    assert read_object(text, ANY_OBJECT) == (value if isinstance(value, dict) else None)
    for shape in ({"a": str}, {"a?": [int]}, {"a": {str}, "b?": {"c": bool}}):
        read = read_object(text, shape)
        assert read is None or with_nulls(read, value) == value


@given(name=st.sampled_from(sorted(DESCRIPTION)), value=ANY_JSON)
def test_description_with_one_odd_part(name: str, value: Any) -> None:
    """A Python's description with any value in any place is described, or refused."""
    told = {**DESCRIPTION, name: value}
    if is_description(told):
        assert interpreter._described(told, 0.1).executable == told["executable"]
    odd_row = {**DESCRIPTION, "distributions": [{**ROW, "requires": value, "name": value}]}
    if is_description(odd_row):
        assert len(interpreter._described(odd_row, 0.1).distributions) <= 1


def test_true_description_is_taken() -> None:
    assert is_description(DESCRIPTION)
    assert not is_description({**DESCRIPTION, "version": "new"})


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, b"\xff", "[{}]", "1e999", '"{}"'])
def test_text_that_is_no_object(text: str | bytes) -> None:
    assert read_object(text, ANY_OBJECT) is None


def test_numbers_are_not_switches() -> None:
    """JSON's `true` is no port."""
    assert fits(8888, int)
    assert not fits(True, int)
    assert not fits(1, bool)


def test_a_float_is_any_number() -> None:
    """JSON has one kind of number: a program that counts in whole ones writes no point."""
    assert fits(12, float)
    assert not fits(True, float)


def test_file_that_is_not_there_or_of_another_shape(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    assert read_file(file, ANY_OBJECT) is None
    file.write_text('[{"a": 1}]')
    assert read_file(file, ANY_OBJECT) is None
    file.write_text('{"a": 1}')
    assert read_file(file, {"a": int}) == {"a": 1}


def test_a_row_has_just_so_many_parts() -> None:
    """A pair that is taken apart by name is one."""
    assert fits([["a", 1]], [(str, int)])
    for row in (["a"], ["a", 1, 2], ["a", "1"], "a1", None):
        assert not fits([row], [(str, int)])


@pytest.mark.parametrize(
    ("shape", "value", "read"),
    [
        ({"a?": [str]}, {"a": None, "b": None}, {"b": None}),
        ({"a": object}, {"a": None}, {"a": None}),
        ({"a": {"b?": int}}, {"a": {"b": None}}, {"a": {}}),
        ({"a": [{"b?": int}]}, {"a": [{"b": None}, {"b": 1}]}, {"a": [{}, {"b": 1}]}),
        ({"a": {str: {"b?": int}}}, {"a": {"x": {"b": None}}}, {"a": {"x": {}}}),
        ({"a": {object}}, {"a": {"x": None}}, {"a": {"x": None}}),
        ({"a": ({"b?": int}, str)}, {"a": [{"b": None}, "x"]}, {"a": [{}, "x"]}),
    ],
)
def test_a_name_that_may_be_absent_is_so_where_it_is_null(
    shape: dict[str, Any], value: dict[str, Any], read: dict[str, Any]
) -> None:
    """Who asks `name in answer` then has something: pandas' columns were null, and were counted."""
    assert read_object(json.dumps(value), shape) == read
