"""A report says which file described the course, and where its learners ask."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.engine.reports import examples

from envcheck.reports import html, markdown, text
from envcheck.reports.document import document

FILE, FORUM = "~/book/envcheck.toml", "https://example.org/forum"


def test_the_heading_says_which_file() -> None:
    """A Python file was named by the learner; an `envcheck.toml` may have been found."""
    report = replace(examples.READY, course_file=FILE, course_help=FORUM)
    assert text.render(report).startswith(f"ML for Software Engineers, chapter 2 ({FILE})\n")
    assert document(report)["course"]["file"] == FILE
    assert FILE in html.render(report)
    plain = replace(examples.READY, course_file="course.py")
    assert text.render(plain) == text.render(examples.READY)


def test_where_to_ask() -> None:
    """Only who is not ready is told."""
    report = replace(examples.NOT_READY, course_help=FORUM)
    assert text.render(report).splitlines()[-1] == f"Questions: {FORUM}"
    assert f"Questions: `{FORUM}`" in markdown.render(report)
    assert document(report)["course"]["help"] == FORUM
    assert "Questions" not in text.render(replace(examples.READY, course_help=FORUM))
