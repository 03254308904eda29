"""Where a learner stands, from the newest report of theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from envcheck.classroom.handed_in import Handed
from envcheck.printable import one_line
from envcheck.sentences import number_of

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
    `days` how old a report may be, None for any age; `course` is the course's id, empty for any;
    `installed`: the revision is that of the course as it is here.
    """

    revision: str
    now: datetime
    days: float | None = None
    course: str = ""
    installed: bool = False

    def is_stale(self, report: Handed) -> str:
        """Why a report is too old; empty where it is not."""
        if self.course and report.course != self.course:
            return f"about another course, {one_line(report.course)}"
        if report.revision != self.revision:
            than = " than the one installed here" if self.installed else ""
            return f"of another revision of the course{than}"
        if self.days is not None and self.now - report.started > timedelta(days=self.days):
            return f"older than {number_of(self.days, 'day')}"
        return ""


def state_of(report: Handed, measure: Measure) -> State:
    """Where its learner stands, by this report alone."""
    state = State(report.standing) if report.standing else borne_out(report.document)
    return State.STALE if state in DONE and measure.is_stale(report) else state


def borne_out(document: Mapping[str, Any]) -> State:
    """A verdict counts only as far as the checks bear it out: each that is required has to be known
    to be good.
    """
    required = [check for check in document["checks"] if check["required"]]
    if (
        document["verdict"] == "not-ready"
        or any(check["status"] == "fail" for check in required)
        or any(is_error(cause) for cause in _required_causes(document))
    ):
        return State.STUCK
    if (
        document["verdict"] != "ready"
        or document.get("exit_code") not in (0, None)
        or document.get("interrupted")
        or not any(check["status"] in PROVED for check in required)
        or any(is_open(check) for check in required)
    ):
        return State.UNDETERMINED
    if not _is_complete(document):
        return State.PARTIAL
    return State.WARNED if document["diagnoses"] else State.READY


def is_open(check: Mapping[str, Any]) -> bool:
    """Whether a check that is required and was asked for has given no answer, and no reason of its
    own for having none.
    """
    if not check["required"] or check.get("selected") is False or check["status"] in PROVED:
        return False
    skipped = check["status"] == "skip" and check.get("skip_reason")
    return not skipped or bool(check.get("blocked_by"))


def is_complete(report: Handed) -> bool:
    """Whether all that is required was asked for."""
    return _is_complete(report.document)


def _is_complete(document: Mapping[str, Any]) -> bool:
    """By what the report says, which those of 0.1.0 do not, and by each check of it."""
    selection = document.get("selection")
    return (selection is None or bool(selection["complete"])) and all(
        check.get("selected") is not False for check in document["checks"] if check["required"]
    )


def is_error(cause: Mapping[str, Any]) -> bool:
    """Whether a diagnosis keeps the machine from being ready."""
    return bool(cause["severity"] == "error")


def required_causes(report: Handed) -> Iterator[Mapping[str, Any]]:
    """The root causes that required checks met, in the report's order."""
    return _required_causes(report.document)


def _required_causes(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    required = {check["id"] for check in document["checks"] if check["required"]}
    return (cause for cause in document["diagnoses"] if required & {*cause["checks"]})


def first_failing(report: Handed) -> Mapping[str, Any] | None:
    """The first check that fails or has no answer, in the order of the chapter."""
    return next(
        (check for check in report.document["checks"] if check["status"] in ("fail", "error")), None
    )


def first_open(report: Handed) -> Mapping[str, Any] | None:
    """The first check that leaves the chapter open though it neither fails nor errs."""
    return next((check for check in report.document["checks"] if is_open(check)), None)


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
