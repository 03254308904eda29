"""The class as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engine.classroom.class_reports import NOW, STUCK, document, file

from envcheck.classroom.data import COLUMNS, FORMULA, as_csv, as_json
from envcheck.classroom.message import Catalogue
from envcheck.classroom.overview import Asked, overview

CATALOGUE = Catalogue(())


def test_json_has_everything() -> None:
    older = document(started="2026-11-27T10:00:00Z", alias="a")
    files = [file("1", {**STUCK, "alias": "a"}), file("2", older), file("x.txt", b"hello")]
    told = json.loads(as_json(overview(files, None, Asked(), NOW), CATALOGUE))
    assert (told["chapter"], told["all_ready"], told["counts"]["stuck"]) == ("chapter2", False, 1)
    (learner,) = told["learners"]
    assert learner["first_failing"] == "chapter2.kernel"
    assert learner["codes"] == ["kernelspec-other-python"]
    assert learner["changes"][0] == "kernelspec-other-python is new"
    assert told["unreadable"] == [{"place": "x.txt", "reason": "not JSON, or cut short"}]
    assert told["causes"][0]["systems"] == {"Linux": ["a"]}


def test_csv_has_a_line_for_each() -> None:
    files = [file("1", {**STUCK, "alias": "a"}), file("2", document(alias="b"))]
    rows = [*csv.reader(io.StringIO(as_csv(overview(files, None, Asked(), NOW))))]
    assert rows[0] == [*COLUMNS]
    assert [row[:2] for row in rows[1:]] == [["a", "stuck"], ["b", "ready"]]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "|", "%"])
def test_no_cell_is_a_formula(start: str) -> None:
    evil = f"{start}cmd|'/c calc'!A1"
    report = document(alias=evil, envcheck=evil)
    text = as_csv(overview([file("1", report)], None, Asked(), NOW))
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert f"'{evil}" in cells
    assert not [cell for cell in cells if cell.startswith(start)]


@given(st.text("=\uff1d+\uff0b-\uff0d@\uff20|%;\uff1b,\t\"' 1A\u200b", min_size=1, max_size=12))
def test_no_cell_is_a_formula_in_any_spreadsheet(alias: str) -> None:
    """Wherever it splits a line, and whatever it takes wide letters for."""
    report = document(alias=f"fox{alias}"), document(alias=alias)
    files = [file(f"{number}.json", one) for number, one in enumerate(report)]
    text = as_csv(overview(files, None, Asked(), NOW))
    assert not {";", "\t"} & {*text}
    for row in csv.reader(io.StringIO(text)):
        for cell in row:
            assert not unicodedata.normalize("NFKC", cell).startswith(FORMULA), cell
