"""Who draws the picture of who is who."""

from __future__ import annotations

import sys

import pytest

from envcheck import Course
from envcheck.command import where
from envcheck.errors import UsageProblem
from envcheck.run.plugins import Loaded


def test_the_first_course_that_can() -> None:
    """It is given the environment of the Python that was asked for."""
    plain = Course("plain", "Plain", [])
    drawing = Course("drawing", "Drawing", [], where=lambda env: f"[{env.located.rule}]\n")
    other = Course("other", "Other", [], where=lambda env: "another\n")
    assert where.draw(Loaded((plain, drawing, other)), sys.executable) == "[--python]\n"


def test_no_course_can() -> None:
    """That is said in a sentence."""
    with pytest.raises(UsageProblem, match="no installed course can say who is who"):
        where.draw(Loaded((Course("plain", "Plain", []),)), None)
