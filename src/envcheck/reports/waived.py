"""What is said of a check that the course does not count for a while."""

from __future__ import annotations

from typing import Any

from envcheck.model import Status
from envcheck.run.result import CheckResult


def around(result: CheckResult, sentence: str) -> str:
    """The sentence of a check, with its waiver, if it has one."""
    waiver = result.waiver
    if waiver is None:
        return sentence
    if waiver.ended:
        return f"{sentence} (waived until {waiver.until}: it counts again)"
    return f"waived until {waiver.until}, {waiver.why}: {sentence}"


def counts_not(result: CheckResult) -> bool:
    """Whether it fails, and the course does not count that today."""
    return result.waived and result.status in (Status.FAIL, Status.WARN)


def look(result: CheckResult) -> str:
    """The status in whose colours and shape a page shows it: nothing red that does not count."""
    return (Status.SKIP if counts_not(result) else result.status).value


def reason(result: CheckResult) -> str:
    """Why and how long a check does not count, as a sentence; empty where it does."""
    if result.waiver is None or result.waiver.ended:
        return ""
    return f"Waived until {result.waiver.until}: {result.waiver.why}"


def document(result: CheckResult) -> dict[str, Any]:
    """The keys of a check in a report: its waiver while that holds, or the day on which it ended."""
    waiver = result.waiver
    if waiver is None:
        return {"waived": None, "waiver_ended": None}
    day = waiver.until.isoformat()
    if waiver.ended:
        return {"waived": None, "waiver_ended": day}
    return {"waived": {"why": waiver.why, "until": day}, "waiver_ended": None}
