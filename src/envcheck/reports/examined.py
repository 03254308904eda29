"""Which Python a report is about, in words: they say what happened, and of one that nobody asked not
that it gave no answer.
"""

from __future__ import annotations

from envcheck.printable import one_line
from envcheck.run.report import Report
from envcheck.run.result import TargetSummary


def target(report: Report) -> str:
    """Which Python, where it is, and why that one."""
    python, place = report.target, report.target.python
    if python.version:
        return one_line(f"Python {python.version} at {place} ({python.located_by})")
    if place is None:
        return f"No Python to examine: {one_line(python.located_by)}"
    return one_line(f"The Python at {place} {not_told(python)} ({python.located_by})")


def not_told(python: TargetSummary) -> str:
    """Why a report has no version of its Python: only one that was asked can have given no answer."""
    return "does not answer" if python.answered is False else "was not examined"
