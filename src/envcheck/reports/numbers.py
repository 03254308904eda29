"""How many checks ended how."""

from __future__ import annotations

from envcheck.model import Status
from envcheck.run.report import Report


def counts(report: Report) -> str:
    """How many checks ended how, and how many seconds it took, as a sentence."""
    results = report.results
    rows = (
        (sum(result.proved for result in results), "proved"),
        (
            sum(result.status is Status.WARN and not result.proved for result in results),
            "only warned",
        ),
        (sum(result.status is Status.FAIL for result in results), "failed"),
        (
            sum(
                result.status is Status.FAIL and not result.required and not result.waived
                for result in results
            ),
            "of that optional",
        ),
        (
            sum(result.status is Status.FAIL and result.waived for result in results),
            "of that waived",
        ),
        (sum(result.blocked_by is not None for result in results), "waiting"),
        (
            sum(result.status is Status.SKIP and not result.blocked_by for result in results),
            "skipped",
        ),
        (sum(result.status is Status.UNDETERMINED for result in results), "without an answer"),
    )
    return (
        ", ".join(
            [*(f"{number} {word}" for number, word in rows if number), f"{report.seconds:.1f} s"]
        )
        + "."
    )
