"""A chapter's report read into a cell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.unit.engine.rehearsal.matrices import OLDER

from envcheck.processes.process import Ending, Finished, Processes
from envcheck.rehearsal.examining import Place, examine
from envcheck.rehearsal.matrix import State

CAUSE = {
    "code": "packages-missing",
    "summary": "seaborn is missing",
    "severity": "error",
    "evidence": {"found": None, "wanted": "seaborn", "looked_in": "/copy/.venv/lib"},
}
CHECK = {"title": "Server", "status": "error", "summary": "it took too long", "required": True}


class Told(Processes):
    """envcheck, ended with these words."""

    def __init__(self, stdout: str, ending: Ending = Ending.EXITED) -> None:
        self.finished = Finished(("envcheck",), ending, 0, stdout, "said", 3.0)
        self.argv: list[str] = []

    def run(self, argv: list[str], **_: object) -> Finished:  # type: ignore[override]  # told, not run
        self.argv = argv
        return self.finished


def cell(document: Any, ending: Ending = Ending.EXITED) -> Any:
    text = document if isinstance(document, str) else json.dumps(document)
    place = Place(Path("/copy"), Path("/copy/.venv/bin/python"), {}, ("--quick",))
    told = Told(text, ending)
    made = examine(OLDER, "week1", place, told, 60)
    assert told.argv[2:5] == ["envcheck", "run", "week1"]
    assert told.argv[-1] == "--quick"
    return made


@pytest.mark.parametrize(
    ("code", "state"),
    [(0, State.READY), (1, State.NOT_READY), (3, State.UNDETERMINED), (2, State.UNDETERMINED)],
)
def test_state_is_the_reports(code: int, state: State) -> None:
    made = cell({"exit_code": code, "diagnoses": [CAUSE], "checks": [CHECK]})
    assert made.state is state
    assert (made.cause is None) == (state is State.READY)


def test_root_cause_with_paths_of_the_course() -> None:
    made = cell({"exit_code": 1, "diagnoses": [CAUSE], "checks": []})
    assert (made.cause.code, made.cause.summary) == ("packages-missing", "seaborn is missing")
    assert made.cause.evidence == (("wanted", "seaborn"), ("looked in", ".venv/lib"))


def test_the_copys_folder_itself() -> None:
    folder = {**CAUSE, "evidence": {"found": "/copy", "wanted": None, "looked_in": "in /copy/"}}
    made = cell({"exit_code": 1, "diagnoses": [folder], "checks": []})
    assert made.cause.evidence == (("found", "."), ("looked in", "in ."))
    assert made.report["diagnoses"][0]["evidence"]["found"] == "."
    assert cell("no report of /copy/a.csv").cause is not None


def test_what_could_not_be_told_names_its_check() -> None:
    made = cell({"exit_code": 3, "diagnoses": [], "checks": [CHECK]})
    assert made.cause.summary == "Server: it took too long"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"exit_code": "0"}', "Traceback"])
def test_no_report_is_never_green(text: str) -> None:
    assert cell(text).state is State.UNDETERMINED
    assert cell(text, Ending.TIMED_OUT).cause.summary == "it did not end in time"
