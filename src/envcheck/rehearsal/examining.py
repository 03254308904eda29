"""Examine one chapter in the copy, as a learner does: by envcheck's own command."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from envcheck.course_file.values import NAME
from envcheck.processes.process import Ending, Finished, Processes
from envcheck.rehearsal.copied_paths import of_the_course
from envcheck.rehearsal.matrix import EXIT_CODES, Cause, Cell, Column, State
from envcheck.shape import read_object

EVIDENCE = (("found", "found"), ("wanted", "wanted"), ("looked_in", "looked in"))
REPORT = {
    "exit_code": int,
    "diagnoses": [{"code": str, "summary": str, "severity": str, "evidence": dict}],
    "checks": [{"title": str, "status": str, "summary": str, "required": bool}],
}


@dataclass(frozen=True)
class Place:
    """A copy of the course with its environment. `options` are for envcheck's command."""

    copy: Path
    python: Path
    variables: Mapping[str, str]
    options: Sequence[str] = ()


def examine(
    column: Column, chapter: str, place: Place, processes: Processes, timeout: float
) -> Cell:
    """The cell of this chapter; `timeout` is in seconds."""
    argv = [sys.executable, "-m", "envcheck", "run", chapter, "--format", "json"]
    argv += ["--course", str(place.copy / NAME), "--python", str(place.python)]
    argv += ["--timeout", f"{timeout:.0f}", *place.options]
    finished = processes.run(argv, env=place.variables, cwd=place.copy, timeout=timeout + 10)
    document = _document(finished, place)
    state, cause = _read(finished, document, place)
    return Cell(column, chapter, state, finished.seconds, cause, document)


def _document(finished: Finished, place: Place) -> dict[str, Any] | None:
    """envcheck's report, with the copy's paths as the course's: they lead nowhere afterwards."""
    document = read_object(finished.stdout, REPORT)
    return None if document is None else of_the_course(document, place.copy)


def _read(
    finished: Finished, document: Mapping[str, Any] | None, place: Place
) -> tuple[State, Cause | None]:
    if document is None:
        late = finished.ending is Ending.TIMED_OUT
        reason = "it did not end in time" if late else "envcheck gave no report of it"
        message = of_the_course(finished.last_words, place.copy)
        return State.UNDETERMINED, Cause(reason, evidence=(("said", message),))
    state = next(
        (state for state, code in EXIT_CODES.items() if code == document["exit_code"]),
        State.UNDETERMINED,
    )
    return state, None if state is State.READY else _cause(document)


def _cause(document: Mapping[str, Any]) -> Cause:
    """The root cause; without one, the first required check that could not be told."""
    for diagnosis in document["diagnoses"]:
        if diagnosis["severity"] == "error":
            rows = ((label, diagnosis["evidence"].get(key)) for key, label in EVIDENCE)
            shown = tuple((label, text) for label, text in rows if text)
            return Cause(diagnosis["summary"], diagnosis["code"], shown)
    for check in document["checks"]:
        if check["required"] and check["status"] == "error":
            return Cause(f"{check['title']}: {check['summary']}")
    return Cause("nothing that the chapter needs was proved")
