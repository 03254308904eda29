"""What a fix did, in a file: written before the first step and after each, so that even a killed
fix can be taken back.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import envcheck
from envcheck import foreign_file
from envcheck.errors import UsageProblem
from envcheck.fixes import grammar, unfinished
from envcheck.fixes.grammar import Packages
from envcheck.fixes.state import FixState
from envcheck.fixes.unfinished import Unfinished
from envcheck.model import Diagnosis, Fix, Rename, Run, Step
from envcheck.private_file import write_whole
from envcheck.reports.document import step_document
from envcheck.shape import read_object

SCHEMA = 1
WRITTEN = {"done": [{"undo": [object], "folders?": [object]}]}


@dataclass(frozen=True)
class Record:
    """A record as it was read: `document` is its JSON. `asked` takes the fix back, first things
    first, after what was `begun` and not done; `folders` go where they are empty then.
    """

    file: Path
    document: Mapping[str, Any]
    asked: tuple[Rename | Packages, ...]
    begun: Unfinished | None = None
    folders: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[Rename | Packages, ...]:
        """All that says which environment is meant."""
        return (*self.asked, *(self.begun.asked if self.begun else ()))


def new_file(folder: Path) -> Path:
    """A name that is free: two fixes may come in the same second."""
    stem = f"envcheck-fix-{now().replace(':', '').replace('-', '')}"
    names = [f"{stem}.json", *(f"{stem}-{number}.json" for number in range(2, 100))]
    return next(folder / name for name in names if not os.path.lexists(folder / name))


def document(diagnosis: Diagnosis, fix: Fix, state: FixState, home: str) -> dict[str, Any]:
    """Paths under the learner's home are written `~/...`: the file may travel with the course
    folder.
    """
    rows = [
        {
            "step": step_document(done.step),
            "undo": [step_document(step) for step in done.undo],
            "folders": list(done.folders),
        }
        for done in state.done
    ]
    return {
        "schema": SCHEMA,
        "envcheck": envcheck.__version__,
        "when": now(),
        "diagnosis": diagnosis.code,
        "fix": fix.title,
        "python": _short(state.located.command[0], home),
        "done": _short(rows, home),
        "begun": _short(unfinished.document(state.begun), home) if state.begun else None,
    }


def write(file: Path, document: Mapping[str, Any]) -> str:
    """Write it whole or not at all, and to the disk, before anything goes on. Returns what went
    wrong, in words; empty when nothing did.
    """
    text = json.dumps(document, indent=1) + "\n"
    try:
        write_whole(file, text.encode("utf-8", "surrogateescape"))
    except OSError as error:
        return str(error.strerror)
    return ""


def read(file: Path, home: str) -> Record:
    """The record in a file. Raises UsageProblem for what is no record, or not one that envcheck
    wrote like that.
    """
    try:
        text = foreign_file.content(file).decode("utf-8", "surrogateescape")
        document = read_object(text, WRITTEN)
        if document is None:
            raise ValueError(file)
        asked = tuple(
            grammar.parse(_long(undo, home))
            for done in reversed(document["done"])
            for undo in done["undo"]
        )
        row = _long(document.get("begun"), home)
        begun = unfinished.read(row) if row else None
        folders = tuple(
            grammar.folder(_long(folder, home))
            for done in document["done"]
            for folder in done.get("folders", ())
        )
    except OSError as error:
        raise UsageProblem(f"{file} cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageProblem(
            f"{file} is not a record that envcheck wrote ({type(error).__name__})"
        ) from None
    if document.get("schema", SCHEMA) != SCHEMA:
        raise UsageProblem(
            f"{file} was written by another envcheck ({document.get('envcheck')}); take it back with that one"
        )
    if document.get("taken_back"):
        raise UsageProblem(f"{file} has been taken back already, at {document['taken_back']}")
    return Record(file, document, asked, begun, folders)


def obstacles(steps: tuple[Step, ...]) -> list[str]:
    """Why the steps cannot be carried out as things stand: another machine, a moved folder,
    something taken back by hand.
    """
    reasons = []
    for step in steps:
        if isinstance(step, Rename) and not os.path.lexists(step.source):
            reasons.append(f"{step.source} is not there")
        elif isinstance(step, Run) and not os.path.lexists(step.argv[0]):
            reasons.append(f"{step.argv[0]} is not there")
    return reasons


def left(record: Record, steps: tuple[Step, ...], home: str) -> Mapping[str, Any]:
    """The record when only these steps are still to be taken back; none: all of it is."""
    if not steps:
        return {**record.document, "begun": None, "taken_back": now()}
    undo = [step_document(step) for step in steps]
    rest = _short([{"step": None, "undo": undo, "folders": list(record.folders)}], home)
    return {**record.document, "begun": None, "done": rest, "taken_back_in_part": now()}


def _short(value: Any, home: str) -> Any:  # any JSON value
    if isinstance(value, str):
        return (
            f"~{value[len(home) :]}" if len(home) > 1 and value.startswith(home + os.sep) else value
        )
    if isinstance(value, list):
        return [_short(item, home) for item in value]
    return (
        {key: _short(item, home) for key, item in value.items()}
        if isinstance(value, dict)
        else value
    )


def _long(value: Any, home: str) -> Any:  # any JSON value
    if isinstance(value, str):
        return home + value[1:] if home and value.startswith(("~/", "~\\")) else value
    if isinstance(value, list):
        return [_long(item, home) for item in value]
    return (
        {key: _long(item, home) for key, item in value.items()}
        if isinstance(value, dict)
        else value
    )


def now() -> str:
    """The time in UTC, as ISO 8601."""
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
