"""A rehearsal for programs, CI, issues and browsers."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import resources
from xml.etree import ElementTree

import jsonschema
import pytest
from tests.unit.engine.rehearsal.matrices import (
    ALL_READY,
    ELSEWHERE,
    MISSING,
    MIXED,
    OLD_WEEK,
    UNTOLD,
)

from envcheck.rehearsal import data, formats, html, junit, markdown
from envcheck.rehearsal.matrix import Matrix, Missed

SCHEMA = json.loads(
    (resources.files("envcheck.rehearsal") / "rehearsal.schema.json").read_text("utf-8")
)
EVIL = "<script>alert(1)</script> | `x` [a](javascript:1) \x1b[2J"


def evil() -> Matrix:
    """The same words wherever a course or a program has the word."""
    cause = replace(MISSING, summary=EVIL, evidence=(("found", EVIL),))
    cells = tuple(replace(cell, cause=cell.cause and cause) for cell in MIXED.cells)
    return replace(MIXED, title=EVIL, cells=cells)


@pytest.mark.parametrize("matrix", [MIXED, ALL_READY, OLD_WEEK, ELSEWHERE, UNTOLD, evil()])
def test_json_is_as_its_schema_says(matrix: Matrix) -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    document = json.loads(data.render(matrix))
    jsonschema.validate(document, SCHEMA, jsonschema.Draft7Validator)
    assert len(document["cells"]) == len(matrix.cells)
    assert document["exit_code"] == matrix.exit_code


def test_pythons_that_could_not_be_fetched() -> None:
    """Every format says which and why; they are no cells, and change no exit code."""
    matrix = replace(ALL_READY, missed=Missed(("3.14", "3.15"), "uv is offline"))
    for drawn in formats.DRAWN.values():
        shown = " ".join(drawn(matrix).split())
        assert "3.14" in shown and "uv is offline" in shown
    document = json.loads(data.render(matrix))
    jsonschema.validate(document, SCHEMA, jsonschema.Draft7Validator)
    assert document["not_fetched"]["versions"] == ["3.14", "3.15"]
    assert matrix.exit_code == 0


def test_exit_code_is_the_worst_cell() -> None:
    assert [matrix.exit_code for matrix in (ALL_READY, MIXED, UNTOLD)] == [0, 1, 3]
    assert replace(ALL_READY, cells=()).exit_code == 3  # nothing was rehearsed


def test_a_chapter_that_is_not_for_a_python() -> None:
    """Every format says so and why; it is no trouble, and changes neither exit code nor verdict."""
    for drawn in formats.DRAWN.values():
        shown = " ".join(drawn(OLD_WEEK).split()).replace("&lt;", "<").replace("\\", "")
        assert "it takes <3.12" in shown
    assert OLD_WEEK.exit_code == 0
    assert "Ready on Python 3.11.7 and 3.13.0: 3 cells" in markdown.render(OLD_WEEK)
    assert "| week1 | ok 4 s | -- |" in markdown.render(OLD_WEEK)
    assert "</svg> not for this Python</td>" in html.render(OLD_WEEK)
    root = ElementTree.fromstring(junit.render(OLD_WEEK))
    assert [root.get(name) for name in ("tests", "failures", "skipped")] == ["4", "0", "1"]
    alone = replace(OLD_WEEK, cells=OLD_WEEK.cells[1:2], chapters=("week1",))
    assert alone.exit_code == 3
    text = formats.DRAWN["text"](replace(alone, columns=alone.columns[1:]))
    assert "no chapter is for Python 3.13.0" in text


def test_a_chapter_that_is_not_for_this_system() -> None:
    """Every format says so and why; in CI on another system it is no trouble."""
    for drawn in formats.DRAWN.values():
        assert "only on Windows; this is Linux" in " ".join(drawn(ELSEWHERE).split())
    assert ELSEWHERE.exit_code == 0
    assert "| week2 | -- | -- |" in markdown.render(ELSEWHERE)
    assert markdown.render(ELSEWHERE).count("week2 is not for this system") == 1
    assert "</svg> not for this system</td>" in html.render(ELSEWHERE)
    root = ElementTree.fromstring(junit.render(ELSEWHERE))
    assert [root.get(name) for name in ("tests", "failures", "skipped")] == ["4", "0", "2"]
    alone = replace(ELSEWHERE, cells=ELSEWHERE.cells[2:], chapters=("week2",))
    assert alone.exit_code == 3
    assert "no chapter is for this system" in formats.DRAWN["text"](alone)


def test_junit_counts() -> None:
    root = ElementTree.fromstring(junit.render(MIXED))
    assert {key: root.get(key) for key in ("tests", "failures", "errors")} == {
        "tests": "4",
        "failures": "3",
        "errors": "0",
    }
    assert [suite.get("name") for suite in root] == ["Python 3.11.7", "Python 3.13.0"]
    (failure,) = root.findall("testsuite/testcase[@name='week2 on Python 3.11.7']/failure")
    assert (failure.get("type"), failure.get("message")) == (
        "packages-missing",
        "seaborn is missing",
    )
    untold = ElementTree.fromstring(junit.render(UNTOLD))
    assert [untold.get("failures"), untold.get("errors")] == ["0", "1"]


def test_markdown_as_it_is_pasted() -> None:
    lines = markdown.render(MIXED).splitlines()
    assert lines[0].startswith("## envcheck: Not ready on Python 3.11.7 and 3.13.0")
    assert "| week2 | FAIL 6 s | FAIL |" in lines
    assert "### FAIL: Python 3.13.0, every chapter" in lines


def test_words_of_others_are_only_read() -> None:
    page = html.render(evil())
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "\x1b" not in page
    pasted = markdown.render(evil())
    assert "\x1b" not in pasted
    assert (
        "[a](javascript" not in pasted.replace("\\", "")[: pasted.index("```")] or "\\[" in pasted
    )
    ElementTree.fromstring(junit.render(evil()))


def test_page_names_each_cell() -> None:
    page = html.render(MIXED)
    assert page.count("not ready</td>") + page.count("not ready <span") == 3
    assert "envcheck explain packages-missing" in page


@pytest.mark.parametrize("name", formats.DRAWN)
def test_every_format_names_cause_and_place(name: str) -> None:
    drawn = formats.DRAWN[name](MIXED)
    assert "seaborn is missing" in drawn
    assert "3.11.7" in drawn
