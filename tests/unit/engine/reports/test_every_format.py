"""What holds for all six formats, whatever is in the report."""

from __future__ import annotations

import functools
import html
import json
import re
from dataclasses import replace
from importlib import resources
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given
from tests.unit.engine.reports import examples

from envcheck.model import Status
from envcheck.reports import FORMATS, renderer
from envcheck.run.again import Again
from envcheck.run.report import Report

STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
KNOWN = (
    examples.READY,
    examples.NOT_READY,
    examples.WARNED,
    examples.UNDETERMINED,
    examples.INTERRUPTED,
    examples.UNPROVED,
)


@functools.cache
def schema() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(
        (resources.files("envcheck") / "report.schema.json").read_text("utf-8")
    )
    return read


def validate(document: object) -> None:
    """Not `jsonschema.validate`, which looks each time whether the schema is one: a test below does."""
    jsonschema.Draft202012Validator(schema()).validate(document)


def validate_report(report: Report) -> None:
    validate(json.loads(renderer("json")(report)))


def test_the_schema_is_a_schema() -> None:
    """The published file follows draft 2020-12."""
    jsonschema.Draft202012Validator.check_schema(schema())


@given(examples.reports())
@examples.ANY
def test_json_follows_the_schema(report: Report) -> None:
    """Any report's JSON is a version 1 report, in ASCII."""
    validate_report(report)
    assert renderer("json")(report).isascii()


@pytest.mark.parametrize("known", KNOWN, ids=lambda report: report.verdict)
def test_known_reports_follow_the_schema(known: Report) -> None:
    """The reports that the other tests draw are valid themselves."""
    validate_report(known)


@pytest.mark.parametrize(
    "path, value",
    [
        (("verdict",), "perhaps"),
        (("exit_code",), 2),
        (("checks", 3, "status"), "broken"),
        (("checks", 4, "skip_reason"), None),
        (("checks", 0, "blocked_by"), "chapter2.kernel"),
        (("diagnoses", 0, "severity"), "fatal"),
        (("diagnoses", 0, "fixes", 0, "confidence"), "ask"),
        (("diagnoses", 0, "fixes", 0, "steps", 0, "do"), 5),
        (("diagnoses", 0, "fixes", 0, "steps", 0, "argv"), []),
    ],
)
def test_the_schema_refuses(path: tuple[str | int, ...], value: object) -> None:
    """What is not in the contract, or contradicts itself, is no report."""
    document = json.loads(renderer("json")(examples.NOT_READY))
    place: Any = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        validate(document)


@pytest.mark.parametrize("key", ["schema", "verdict", "exit_code", "target", "checks", "diagnoses"])
def test_the_schema_misses(key: str) -> None:
    """No key of the contract may be absent, while an added one is welcome."""
    document = json.loads(renderer("json")(examples.READY))
    validate({**document, "added": 1})
    del document[key]
    with pytest.raises(jsonschema.ValidationError):
        validate(document)


WITH_A_PAGE = ("text", "junit", "markdown", "html")


@pytest.mark.parametrize("format_", WITH_A_PAGE)
def test_only_a_page_that_there_is_is_named(format_: str) -> None:
    """A code without a page is not sent to `envcheck explain`, in any format."""
    code = "kernelspec-other-python"
    assert f"envcheck explain {code}" in renderer(format_)(examples.NOT_READY)
    unexplained = replace(examples.NOT_READY, explained={})
    assert "explain" not in renderer(format_)(unexplained)
    assert "Why" not in renderer(format_)(unexplained)


@pytest.mark.parametrize("format_", WITH_A_PAGE)
def test_the_file_of_a_course_is_named_with_its_page(format_: str) -> None:
    """The pages of a course that is not installed are found with the same file."""
    report = replace(examples.NOT_READY, again=Again(options=(("--course", "our course.py"),)))
    plain = html.unescape(renderer(format_)(report))
    assert "envcheck explain kernelspec-other-python --course 'our course.py'" in plain


@pytest.mark.parametrize("format_", FORMATS)
@given(examples.reports())
@examples.ANY
def test_nothing_steers(format_: str, report: Report) -> None:
    """Every format draws any report, and no character in it steers a terminal, a browser or a
    parser.
    """
    drawn = renderer(format_)(report)
    found = STEERING.search(drawn)
    assert found is None, drawn[found.start() - 20 : found.end() + 20]
    assert drawn.endswith("\n")


@given(examples.reports())
@examples.ANY
def test_one_exit_code(report: Report) -> None:
    """All formats tell the same exit code; the page for people tells its verdict in words."""
    code = report.exit_code
    assert json.loads(renderer("json")(report))["exit_code"] == code
    found = ElementTree.fromstring(renderer("junit")(report)).find(".//property[@name='exit_code']")
    assert found is not None
    assert found.get("value") == str(code)
    assert f"Exit code {code}." in renderer("github")(report).splitlines()[0]
    assert f"Exit code {code}, envcheck" in renderer("markdown")(report).splitlines()[-1]
    assert f"exit code {code}" in renderer("html")(report)
    leads = {
        0: r"Ready for|(?:.|\n)*\bworks?\b",
        1: "Not ready for",
        3: "Could not tell|Nothing was proved",
        130: "Interrupted before",
    }
    assert re.search(f"^({leads[code]})", renderer("text")(report), re.MULTILINE)


@given(examples.reports())
@examples.ANY
def test_junit_is_red_when_the_run_is(report: Report) -> None:
    """A reader who counts red test cases comes to no better answer than the exit code."""
    suite = ElementTree.fromstring(renderer("junit")(report))
    red = int(suite.get("failures", "")) + int(suite.get("errors", ""))
    assert red > 0 or report.exit_code == 0


@pytest.mark.parametrize("format_", FORMATS)
@given(examples.reports())
@examples.ANY
def test_no_line_is_a_command_of_somebody_else_s(format_: str, report: Report) -> None:
    """What stands on the machine, a folder called `x<line feed>::error::y` or what a program has
    printed, begins no line that a CI system obeys. The annotations of `github` are our own.
    """
    lines = [line.lstrip() for line in renderer(format_)(report).split("\n")]
    commands = [line for line in lines if line.startswith("::")]
    if format_ == "github":
        names = ("::notice title=", "::warning title=", "::error title=")
        assert all(line.startswith(names) for line in commands)
        unknown = sum(result.status is Status.UNDETERMINED for result in report.results)
        assert len(commands) <= 1 + len(report.causes) + unknown
    elif format_ != "json":
        assert commands == []
    if format_ != "json":
        assert not any("##[" in line for line in lines)
