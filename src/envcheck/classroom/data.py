"""The class as JSON and as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Sequence
from typing import Any

from envcheck.classroom.message import Catalogue
from envcheck.classroom.overview import Group, Overview
from envcheck.classroom.person import Person
from envcheck.classroom.standing import changes, first_failing, is_complete
from envcheck.classroom.when import text_of
from envcheck.printable import one_line

COLUMNS = (
    "name",
    "state",
    "in roster",
    "examined",
    "complete",
    "first failing",
    "codes",
    "system",
    "Python",
    "envcheck",
    "reports",
    "receipt",
    "reason",
    "counted",
)
# What a spreadsheet takes for a formula or a command when a cell begins with it.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%")
MARK = "\ufeff"  # by which Excel sees that a file is in UTF-8


def as_json(overview: Overview, catalogue: Catalogue) -> str:
    """Everything, for programs. Keys may be added, never renamed."""
    document = {
        "schema": 1,
        "course": overview.course,
        "chapter": overview.chapter,
        "revision": overview.measure.revision,
        "read_at": overview.measure.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "roster": overview.has_roster,
        "all_ready": overview.all_ready,
        "counts": {state.value: number for state, number in overview.counts.items()},
        "learners": [_learner(person, overview) for person in overview.people],
        "causes": [_cause(group, overview, catalogue) for group in overview.groups],
        "versions": {name: dict(counted) for name, counted in overview.versions.items()},
        "unreadable": [{"place": f.place, "reason": f.reason} for f in overview.unreadable],
        "other_chapters": dict(overview.other_chapters),
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def as_csv(overview: Overview) -> str:
    """The class as CSV: a head and a line for each learner. No cell is a formula, whatever a report
    holds.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(
        [_inert(cell) for cell in _cells(person, overview.has_roster)] for person in overview.people
    )
    return out.getvalue()


def _inert(cell: str) -> str:
    """As text, in whatever a spreadsheet opens it with: some split at other signs than ours, and
    some take wide letters for plain ones.
    """
    whole = cell.replace(";", ",").replace("\t", " ")
    return f"'{whole}" if unicodedata.normalize("NFKC", whole).startswith(FORMULA) else whole


def _cells(person: Person, has_roster: bool) -> Sequence[str]:
    report = person.newest
    who = (
        person.name,
        person.state.value,
        ("yes" if person.on_roster else "no") if has_roster else "",
    )
    if report is None:
        return (*who, *[""] * 7, "0", "", _reason(person), _counted(person))
    document, failing = report.document, first_failing(report)
    return (
        *who,
        document["started"],
        "yes" if is_complete(report) else "no",
        one_line(failing["title"]) if failing else "",
        " ".join(one_line(cause["code"]) for cause in document["diagnoses"]),
        report.system,
        one_line(document["target"].get("version") or ""),
        one_line(document["envcheck"]),
        str(len(person.reports)),
        report.receipt,
        _reason(person),
        _counted(person),
    )


def _counted(person: Person) -> str:
    """Whether it is somebody's first machine: others can send under any alias."""
    return "no" if person.further else "yes"


def _reason(person: Person) -> str:
    """Why a machine that was asked gave no report."""
    return person.unreachable.reason if person.unreachable else ""


def _learner(person: Person, overview: Overview) -> dict[str, Any]:
    report = person.newest
    row: dict[str, Any] = {
        "name": person.name,
        "state": person.state.value,
        "on_roster": person.on_roster,
        "counted": not person.further,
        "reports": len(person.reports),
        "unreadable": [{"place": f.place, "reason": f.reason} for f in person.unreadable],
    }
    if person.unreachable is not None:
        record = person.unreachable
        row["unreachable"] = {"at": text_of(record.at), "reason": record.reason}
    if report is None:
        return row
    failing = first_failing(report)
    return {
        **row,
        "examined": report.document["started"],
        "receipt": report.receipt,
        "complete": is_complete(report),
        "stale": overview.measure.is_stale(report) or None,
        "first_failing": failing["id"] if failing else None,
        "codes": [cause["code"] for cause in report.document["diagnoses"]],
        "system": report.system,
        "python": report.document["target"].get("version"),
        "changes": changes(report, person.reports[1]) if person.reports[1:] else [],
    }


def _cause(group: Group, overview: Overview, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "code": group.code,
        "meaning": catalogue.meaning(group.code) or None,
        "severity": "error" if group.error else "warning",
        "learners": group.count,
        "systems": {system: list(names) for system, names in group.people.items()},
        "message": catalogue.message(group, overview.chapter),
    }
