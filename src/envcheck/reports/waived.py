"""What is said of a check that the course does not count for a while."""

from __future__ import annotations

from typing import Any

from envcheck.run.result import CheckResult


def around(result: CheckResult, sentence: str) -> str:
    """The sentence of a check, with its waiver, if it has one."""
    waiver = result.waiver
    if waiver is None:
        return sentence
    if waiver.ended:
        return f"{sentence} (waived until {waiver.until}: it counts again)"
    return f"waived until {waiver.until}, {waiver.why}: {sentence}"


def document(result: CheckResult) -> dict[str, Any]:
    """The keys of a check in a report: its waiver while that holds, or the day on which it ended."""
    waiver = result.waiver
    if waiver is None:
        return {"waived": None, "waiver_ended": None}
    day = waiver.until.isoformat()
    if waiver.ended:
        return {"waived": None, "waiver_ended": day}
    return {"waived": {"why": waiver.why, "until": day}, "waiver_ended": None}
