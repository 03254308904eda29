"""Machines that were asked and gave no report, beside reports."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from tests.unit.engine.classroom.class_reports import NOW, document
from tests.unit.engine.classroom.test_overview import ANNA, BEN, learner

from envcheck.classroom import data, html, text
from envcheck.classroom.handed_in import Unreadable
from envcheck.classroom.message import Catalogue
from envcheck.classroom.overview import Asked, Overview, overview
from envcheck.classroom.roster import Learner
from envcheck.classroom.sources import File
from envcheck.classroom.standing import State
from envcheck.classroom.unreachable import Unreachable, document_of, read_any
from envcheck.classroom.when import text_of

DOWN = {
    "schema": 1,
    "record": "unreachable",
    "alias": "pc7",
    "at": text_of(NOW - timedelta(minutes=5)),
    "reason": "ssh: connect to host pc7 port 22: Connection refused",
}
CATALOGUE = Catalogue([])


def of(*values: dict[str, Any], roster: list[Learner] | None = None) -> Overview:
    """The class of these documents, each in a file of its own."""
    files = [
        File((f"{number}.json",), read_any(f"{number}.json", json.dumps(value).encode()))
        for number, value in enumerate(values)
    ]
    return overview(files, roster, Asked(), NOW)


def at(minutes: int) -> str:
    return text_of(NOW - timedelta(minutes=minutes))


def test_a_machine_that_was_asked_is_a_line_with_its_reason() -> None:
    """Beside those who sent nothing and were not asked; it is no report and counts as none."""
    seen = of(DOWN, document(alias="fox", started=at(9)), roster=[ANNA, BEN])
    assert {person.name: person.state for person in seen.people} == {
        "Ben Okafor": State.SILENT,
        "pc7": State.UNREACHABLE,
        "Anna Müller": State.READY,
    }
    assert not seen.all_ready and not seen.nothing_read
    shown = text.Page(100).render(seen, CATALOGUE)
    assert "1 report of 1 learner" in shown
    assert "Unreachable (1)\n  pc7 (not in the roster)" in shown
    assert "Connection refused; asked 5 minutes ago" in shown.replace("\n      ", " ")


def test_who_is_in_the_roster_is_not_silent_then() -> None:
    seen = of(DOWN, roster=[learner("Seven", "pc7")])
    assert [(person.name, person.state) for person in seen.people] == [("Seven", State.UNREACHABLE)]
    assert not seen.nothing_read


@pytest.mark.parametrize(("reported", "state"), [(1, State.READY), (9, State.UNREACHABLE)])
def test_what_came_last_counts(reported: int, state: State) -> None:
    """A report before the machine went down is history, one after it is the answer."""
    seen = of(DOWN, document(alias="pc7", started=at(reported)))
    assert [person.state for person in seen.people] == [state]
    newer = {**DOWN, "at": at(2), "reason": "another reason"}
    if state is State.UNREACHABLE:
        for order in ((DOWN, newer), (newer, DOWN)):
            [person] = of(*order, document(alias="pc7", started=at(9))).people
            assert person.unreachable is not None and person.unreachable.reason == "another reason"


def test_everywhere_it_is_text_and_no_formula() -> None:
    """Its name and its reason may hold anything."""
    hostile = "=<script>alert(1)</script>\x1b[2J\u202e"
    seen = of({**DOWN, "alias": hostile, "reason": hostile})
    page = html.render(seen, CATALOGUE, projector=False)
    assert "<script>alert" not in page and "&lt;script&gt;" in page
    assert "alert" not in html.render(seen, CATALOGUE, projector=True)
    [_, row] = csv.reader(io.StringIO(data.as_csv(seen)))
    assert row[0].startswith("'=") and row[-2].startswith("'=") and row[1] == "unreachable"
    shown = text.Page(100).render(seen, CATALOGUE)
    assert "\x1b" not in shown and "\u202e" not in shown
    [person] = json.loads(data.as_json(seen, CATALOGUE))["learners"]
    assert person["unreachable"]["at"] == DOWN["at"] and person["state"] == "unreachable"
    assert json.loads(data.as_json(seen, CATALOGUE))["counts"]["unreachable"] == 1


@pytest.mark.parametrize(
    "broken",
    [{"schema": 2}, {"at": "yesterday"}, {"alias": ""}, {"reason": None}, {"alias": ["x"]}],
)
def test_half_a_record_is_none(broken: dict[str, Any]) -> None:
    content = read_any("x.json", json.dumps({**DOWN, **broken}).encode())
    assert content == Unreadable("x.json", "a record of which parts are missing or changed")


def test_it_comes_back_as_it_was_written() -> None:
    content = read_any("", json.dumps(DOWN).encode())
    assert isinstance(content, Unreachable) and document_of(content) == DOWN
    long = read_any("", json.dumps({**DOWN, "reason": "x" * 9000}).encode())
    assert isinstance(long, Unreachable) and len(long.reason) == 300
