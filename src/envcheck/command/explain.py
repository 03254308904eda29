"""`envcheck explain`: the long page of a diagnosis or a check."""

from __future__ import annotations

from collections.abc import Sequence

from envcheck.errors import unknown
from envcheck.model import Course
from envcheck.run import pages


def page(name: str, courses: Sequence[Course]) -> str:
    """The page as text. Raises UsageProblem for a name that no course has a page for."""
    names = (name, name.partition(".")[2], name.rpartition(".")[2])  # a check's may have a dot
    text = next((text for part in names if part and (text := pages.page(part, courses))), "")
    if not text:
        raise unknown("page for", name, pages.names(courses))
    return text
