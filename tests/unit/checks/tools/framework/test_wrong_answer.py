"""What is said of a tool that gives another result."""

from __future__ import annotations

from envcheck_checks.tools.framework.codes import TOOL_ANSWERS_WRONG
from envcheck_checks.tools.framework.wrong_answer import wrong_answer


def test_both_results_are_shown() -> None:
    """What it gave, what it should have given, and no place where there is none to look in."""
    diagnosis = wrong_answer("Dask", found={"total": 1}, wanted={"total": 338350})
    assert diagnosis.code == TOOL_ANSWERS_WRONG
    assert diagnosis.summary == "Dask gave another result than the one that was put in"
    evidence = diagnosis.evidence
    assert (evidence.found, evidence.wanted) == ("{'total': 1}", "{'total': 338350}")
    assert evidence.looked_in == ""
