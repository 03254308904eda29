"""The schema and the reader: the same keys, and the same verdict on any table."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import tomlkit
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import envcheck
from envcheck.command.cli import cli
from envcheck.course_file import schema
from envcheck.course_file.keys import CHAPTER, COURSE
from envcheck.course_file.kinds import Wrong
from envcheck.course_file.meanings import MEANINGS
from envcheck.course_file.reading import read
from envcheck.course_file.values import SHIPPED as FILE
from envcheck.errors import UsageProblem

MADE = schema.schema()
SHIPPED = Path(envcheck.__file__).with_name(FILE)


def _pattern(_: Any, pattern: str, value: Any, __: Any) -> Iterator[jsonschema.ValidationError]:
    """As draft-07 has it: ECMA's `$` is the end, and none before a last line feed."""
    if isinstance(value, str) and not re.search(pattern.replace("$", r"\Z"), value):
        yield jsonschema.ValidationError(f"{value!r} does not match {pattern}")


def _is_integer(_: Any, value: object) -> bool:
    return type(value) is int  # TOML's 1.0 is none


class Day(str):
    """A day of TOML, which JSON has no word for."""


def _type(validator: Any, kind: Any, value: Any, of: Any) -> Iterator[jsonschema.ValidationError]:
    """A day is no text, and a text in quotes no day: editors of TOML know that."""
    is_day = isinstance(value, Day)
    if is_day != (of.get("format") == "date") or not (is_day or validator.is_type(value, kind)):
        yield jsonschema.ValidationError(f"{value!r} is no {kind}")


VALIDATOR = jsonschema.validators.extend(  # type: ignore[no-untyped-call]  # it has no types
    jsonschema.Draft7Validator,
    {"pattern": _pattern, "type": _type},
    type_checker=jsonschema.Draft7Validator.TYPE_CHECKER.redefine("integer", _is_integer),
)(MADE)


def test_it_is_shipped_as_it_is_made() -> None:
    """`envcheck adopt --schema > src/envcheck/envcheck.schema.json` writes it anew."""
    assert SHIPPED.read_text(encoding="utf-8") == schema.as_text()
    printed = CliRunner().invoke(cli, ["adopt", "--schema"])
    assert (printed.exit_code, json.loads(printed.output)) == (0, MADE)


def test_it_is_valid_for_every_editor() -> None:
    """Taplo's draft-04 is older than the draft that it names: no word of it means another thing there."""
    jsonschema.Draft7Validator.check_schema(MADE)
    jsonschema.Draft4Validator.check_schema({**MADE, "$schema": ""})


def test_each_key_of_one_is_in_the_other() -> None:
    assert {*MADE["properties"]} == {*COURSE.keys}
    (chapters,) = MADE["properties"]["chapter"]["patternProperties"].values()
    assert {*chapters["properties"]} == {*CHAPTER.keys}


def test_every_key_says_what_it_means() -> None:
    """In words that editors show, and none too many."""
    said: set[str] = set()

    def look(at: Any) -> None:
        for each in at if isinstance(at, list) else at.values() if isinstance(at, dict) else ():
            look(each)
        properties = at.get("properties") if isinstance(at, dict) else None
        for key, each in (properties or {}).items():
            assert each.get("description", "").endswith("."), key
            said.add(each["description"])

    look(MADE)
    assert said == {*MEANINGS.values()}


ODD = ["\x1c", "\x7f", "\x85", "\u2028", "\ufeff"]  # of `\\s` in one language and not in the other


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("place", ["{}", "{}a", "a{}", "a{}b", "a{}.b"])
def test_what_cannot_be_seen_is_in_no_name(odd: str, place: str) -> None:
    """Both refuse it: in the name of a chapter, a check, a file, an address and a title."""
    name = place.format(odd)
    tables: list[dict[str, Any]] = [
        {"chapter": {name: {"title": "A"}}},
        {"waive": {f"{name}.b": {"why": "a", "until": datetime.date(2199, 1, 1)}}},
        {"help": f"https://{name}"},
        {"links": [f"https://{name}"]},
        {"checks": f"{name}.py:A"},
        {"title": name},
    ]
    for table in tables:
        whole = {"course": "c", **table}
        assert refused(whole) is not None, table
        assert not VALIDATOR.is_valid(as_json(whole)), table


ANY = st.one_of(
    st.integers(-2, 70000), st.booleans(), st.floats(), st.text(max_size=8), st.just([]), st.just({}),
    st.lists(st.integers(), max_size=2), st.dates(), st.datetimes(), st.none().map(lambda _: {"a": 1}),
    st.sampled_from(["numpy>=1", "..", "../a", "a/../b", "a/..", "~", "C:x", "a\\b", "5 GB", "*", "a\n", "x.py:A"]),
)  # fmt: skip


def values(of: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that this schema allows, as TOML has them. To make a strategy takes longer than to draw
    from it, so that each is made once.
    """
    return _values(json.dumps(of))


@cache
def _values(schema_: str) -> st.SearchStrategy[Any]:
    of = json.loads(schema_)
    if "anyOf" in of:
        return st.one_of([values(each) for each in of["anyOf"]])
    if "enum" in of:
        return st.sampled_from(of["enum"])
    make: dict[str, Callable[[dict[str, Any]], st.SearchStrategy[Any]]] = {
        "boolean": lambda _: st.booleans(),
        "integer": lambda of: st.integers(of["minimum"], of["maximum"]),
        "string": _texts,
        "array": lambda of: st.lists(values(of["items"]), min_size=1, max_size=2),
        "object": _tables,
    }
    return make[of["type"]](of)


def _texts(of: dict[str, Any]) -> st.SearchStrategy[Any]:
    if of.get("format") == "date":
        return st.dates()
    texts = st.from_regex(re.compile(of["pattern"].replace("$", r"\Z"), re.ASCII))
    usual = st.sampled_from(["numpy>=1.2", ">=3.9", "data/a.csv", "../data/a.csv"])
    return st.one_of(usual, texts).filter(VALIDATOR.evolve(schema=of).is_valid)


def _tables(of: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    if "patternProperties" in of:
        ((pattern, inner),) = of["patternProperties"].items()
        names = st.from_regex(re.compile(pattern.replace("$", r"\Z"), re.ASCII)).filter(
            lambda name: bool(name) and not [*_pattern(None, pattern, name, None)]
        )
        return st.dictionaries(names, values(inner), min_size=1, max_size=2)
    keys = st.sets(
        st.sampled_from([*of["properties"]]), min_size=of.get("minProperties", 0), max_size=3
    )
    inside = {key: values(each) for key, each in of["properties"].items()}
    # In order: a set's own differs from run to run, and the examples with it.
    return keys.flatmap(
        lambda chosen: st.fixed_dictionaries(
            {key: inside[key] for key in sorted({*chosen, *of.get("required", ())})}
        )
    )


TABLES = values(MADE)


@st.composite
def nearly(draw: st.DrawFn) -> Any:
    """A table that the schema allows, with one value or key changed, somewhere."""
    table = draw(TABLES)
    holder, key = draw(st.sampled_from([*_places(table)]))
    if isinstance(holder, dict) and draw(st.booleans()):
        holder[draw(st.sampled_from(["packges", "file", "on", "why", "a b", "é", "x" * 3000]))] = (
            holder.pop(key)
        )
    else:
        holder[key] = draw(ANY)
    return table


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in [*pairs]:
        yield value, key
        if isinstance(item, dict | list):
            yield from _places(item)


def as_json(value: Any) -> Any:
    """As editors show TOML to a schema."""
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return Day(value.isoformat()) if type(value) is datetime.date else value


def refused(table: Any) -> Wrong | None:
    try:
        COURSE.read(table, ())
    except Wrong as wrong:
        return wrong
    return None


QUICK = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)  # fmt: skip


@QUICK
@given(TABLES)
def test_what_the_schema_allows_has_the_form(table: Any) -> None:
    assert VALIDATOR.is_valid(as_json(table))
    wrong = refused(table)
    assert wrong is None or not wrong.of_form, f"{wrong.path}: {wrong.reason}"


@QUICK
@given(nearly())
def test_they_say_the_same_of_what_is_nearly_right(table: Any) -> None:
    wrong = refused(table)
    if VALIDATOR.is_valid(as_json(table)):
        assert wrong is None or not wrong.of_form, f"{wrong.path}: {wrong.reason}"
    else:
        assert wrong is not None, next(VALIDATOR.iter_errors(as_json(table))).message


@QUICK
@given(nearly())
def test_every_error_has_its_line(tmp_path: Path, table: Any) -> None:
    file = tmp_path / "envcheck.toml"
    try:
        file.write_text(tomlkit.dumps(table), encoding="utf-8")
    except (UnicodeEncodeError, ValueError):  # what TOML cannot say
        return
    try:
        read(file)
    except UsageProblem as problem:
        assert re.match(r":\d+:\d+: ", str(problem).removeprefix(str(file))), str(problem)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("ports = [\n  1,\n  0,\n]", "5:3"),
        ("ports = [1, 2,\n 70000]", "4:2"),
        ('files = [\n "a.csv",\n  { path = "../../x" , columns = [1] },\n]', "5:35"),
        ('tools = ["duckdb", true]', "3:20"),
        ('only.on = ["linux",\n "beos"]', "4:2"),
        ("[[chapter.w.proof]]\ncode = 'a'\nprints = 'b'\n[[chapter.w.proof]]\ncode = 'a'", "6:1"),
        ("hint.linux = ''", "3:6"),
        ("hint.beos = 'a'", "3:6"),
        ("hint = {}", "3:1"),
        ("packages = ['a'\n\n", "3:1"),
        (f"disk = {'[' * 5000}{']' * 5000}", "3:1"),
        ('proof = """\n[[[[[[[[[[[[[[[[[[[[[[[["""\ndisk = [\n[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]', "6:1"),
        (f"title = 'a'\nports = [1,\n{'9' * 5000}]", "5:1"),
    ],
)  # fmt: skip
def test_the_line_of_an_error(tmp_path: Path, text: str, place: str) -> None:
    """Also of an item of a list, of a table among several, and of what no reader of TOML reads."""
    file = tmp_path / "envcheck.toml"
    file.write_text(f'course = "a"\n[chapter.w]\n{text}')
    with pytest.raises(UsageProblem) as problem:
        read(file)
    assert str(problem.value).startswith(f"{file}:{place}: "), str(problem.value)
