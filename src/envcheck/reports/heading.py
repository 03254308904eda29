"""Which course a report is of, and where its learners ask."""

from __future__ import annotations

from envcheck.reports import words
from envcheck.run.report import READY, Report


def heading(report: Report) -> str:
    """The course, its chapters, and the `envcheck.toml` that describes it, where one does."""
    text = f"{report.course_title}, {words.chapters(report)}"
    return f"{text} ({report.course_file})" if report.course_file.endswith(".toml") else text


def where_to_ask(report: Report) -> str:
    """A line for who is not ready; empty where all is well, or the course names no place."""
    needed = report.course_help and report.exit_code != READY
    return f"Questions: {report.course_help}" if needed else ""
