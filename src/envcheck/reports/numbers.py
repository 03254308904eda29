"""How many checks ended how."""

from __future__ import annotations

from envcheck.model import Status
from envcheck.run.report import Report


def counts(report: Report) -> str:
    """How many checks ended how, and how many seconds it took, as a sentence."""
    results = report.results
    failed = [result for result in results if result.status is Status.FAIL]
    skipped = [result for result in results if result.status is Status.SKIP]
    untold = [result for result in results if result.status is Status.UNDETERMINED]
    warned = [result for result in results if result.status is Status.WARN and not result.proved]
    rows = (
        (sum(result.proved for result in results), "proved"),
        (len(warned), "only warned"),
        (len(failed), "failed"),
        (sum(not (result.required or result.waived) for result in failed), "of that optional"),
        (sum(result.waived for result in failed), "of that waived"),
        (sum(result.blocked_by is not None for result in results), "waiting"),
        (sum(not result.blocked_by for result in skipped), "skipped"),
        (len(untold), "without an answer"),
    )
    words = [f"{number} {word}" for number, word in rows if number]
    return ", ".join([*words, f"{report.seconds:.1f} s"]) + "."
