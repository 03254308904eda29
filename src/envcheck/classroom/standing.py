"""Where a learner stands, from the newest report of theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from envcheck.classroom.handed_in import Handed
from envcheck.printable import one_line

PROVED = ("pass", "warn")


class State(str, Enum):
    """How things stand, in the order in which they need somebody."""

    SILENT = "silent"
    UNREACHABLE = "unreachable"
    UNREADABLE = "unreadable"
    STUCK = "stuck"
    UNDETERMINED = "could not tell"
    PARTIAL = "partial"
    STALE = "stale"
    WARNED = "ready with warnings"
    READY = "ready"


MEANING = {
    State.SILENT: "nothing was handed in",
    State.UNREACHABLE: "this machine was asked, and gave no report",
    State.UNREADABLE: "what was handed in is no report that can be read",
    State.STUCK: "the machine is not ready",
    State.UNDETERMINED: "envcheck had no answer",
    State.PARTIAL: "only a part was asked for, and that part works",
    State.STALE: "ready by an old report",
    State.WARNED: "the chapter can be done",
    State.READY: "everything was proved",
}
DONE = (State.WARNED, State.READY)


@dataclass(frozen=True)
class Measure:
    """What a report is measured by: `revision` is the course's newest, `now` the time of looking,
    `days` how old a report may be; None for any age.
    """

    revision: str
    now: datetime
    days: float | None = None

    def is_stale(self, report: Handed) -> str:
        """Why a report is too old; empty where it is not."""
        if report.revision != self.revision:
            return "of another revision of the course"
        if self.days is not None and self.now - report.started > timedelta(days=self.days):
            return f"older than {self.days:g} days"
        return ""


def state_of(report: Handed, measure: Measure) -> State:
    """A verdict counts only as far as the report bears it out."""
    document = report.document
    if document["verdict"] == "not-ready" or any(
        is_error(cause) for cause in required_causes(report)
    ):
        return State.STUCK
    if document["verdict"] != "ready" or not any(
        check["status"] in PROVED and check["required"] for check in document["checks"]
    ):
        return State.UNDETERMINED
    if not is_complete(report):
        return State.PARTIAL
    if measure.is_stale(report):
        return State.STALE
    return State.WARNED if document["diagnoses"] else State.READY


def is_complete(report: Handed) -> bool:
    """Whether all that is required was asked for. Reports of 0.1.0 do not say so themselves."""
    selection = report.document.get("selection")
    if selection is not None:
        return bool(selection["complete"])
    return all(
        check.get("selected", True) for check in report.document["checks"] if check["required"]
    )


def is_error(cause: Mapping[str, Any]) -> bool:
    """Whether a diagnosis keeps the machine from being ready."""
    return bool(cause["severity"] == "error")


def required_causes(report: Handed) -> Iterator[Mapping[str, Any]]:
    """The root causes that required checks met, in the report's order."""
    required = {check["id"] for check in report.document["checks"] if check["required"]}
    return (cause for cause in report.document["diagnoses"] if required & {*cause["checks"]})


def first_failing(report: Handed) -> Mapping[str, Any] | None:
    """The first check that fails or has no answer, in the order of the chapter."""
    return next(
        (check for check in report.document["checks"] if check["status"] in ("fail", "error")), None
    )


def changes(newer: Handed, older: Handed) -> list[str]:
    """What is different since the report before: causes that went and came, checks that turned."""
    codes = [{cause["code"] for cause in report.document["diagnoses"]} for report in (newer, older)]
    sentences = [f"{one_line(code)} is gone" for code in sorted(codes[1] - codes[0])]
    sentences += [f"{one_line(code)} is new" for code in sorted(codes[0] - codes[1])]
    before = {check["id"]: check["status"] for check in older.document["checks"]}
    sentences += [
        f"{one_line(check['title'])} was {before[check['id']]}, is {check['status']}"
        for check in newer.document["checks"]
        if before.get(check["id"], check["status"]) != check["status"]
    ]
    if newer.document["target"].get("python") != older.document["target"].get("python"):
        sentences.append(
            f"another Python: {one_line(older.document['target'].get('python') or 'none')}, "
            f"now {one_line(newer.document['target'].get('python') or 'none')}"
        )
    return sentences
