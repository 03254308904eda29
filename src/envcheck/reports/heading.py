"""Which course a report is of, what it says to its learners, and where they ask."""

from __future__ import annotations

from envcheck.reports import words
from envcheck.run.report import READY, Report


def heading(report: Report) -> str:
    """The course, its chapters, and the `envcheck.toml` that describes it, where one does."""
    text = f"{report.course_title}, {words.chapters(report)}"
    return f"{text} ({report.course_file})" if report.course_file.endswith(".toml") else text


def course_says(report: Report) -> list[str]:
    """The course's own words for who is not ready, on this system: a line each."""
    return [f"The course says: {hint}" for hint in report.hints]


def where_to_ask(report: Report) -> str:
    """A line for who is not ready; empty where all is well, or the course names no place."""
    needed = report.course_help and report.exit_code != READY
    return f"Questions: {report.course_help}" if needed else ""
