"""A long page as blocks: what every page of ours is written in, and anything else that a course may
have written.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engine.reports.examples import PAGE

from envcheck.reports import long_page
from envcheck.reports.long_page import Block, Kind, blocks
from envcheck.run import pages
from envcheck_checks.courses.ml_for_software_engineers import COURSE


def test_a_page_as_ours_are_written() -> None:
    assert blocks(PAGE.format("x")) == [
        Block(Kind.HEADING, ("What it is",)),
        Block(Kind.PARAGRAPH, ("A cause with `code` in its page, and a second line.",)),
        Block(Kind.HEADING, ("See it yourself",)),
        Block(Kind.LIST, ("Linux: `ls`", "Windows: `dir` or another")),
        Block(Kind.PARAGRAPH, ("Type this:",)),
        Block(Kind.TYPED, ("python -m pip list\n  --outdated",)),
    ]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("", []),
        ("# Only a title", []),
        ("# T\n\n## Close\nbelow", [Block(Kind.HEADING, ("Close",)), Block(Kind.PARAGRAPH, ("below",))]),
        ("# T\n\n* a star", [Block(Kind.PARAGRAPH, ("* a star",))]),
        ("# T\n\n    a\n\n    b", [Block(Kind.TYPED, ("a",)), Block(Kind.TYPED, ("b",))]),
    ],
)  # fmt: skip
def test_other_pages(page: str, expected: list[Block]) -> None:
    assert blocks(page) == expected


def test_no_page_of_the_course_loses_a_word() -> None:
    """Nor is one longer than what is shown."""
    for name, text in pages.texts(pages.names([COURSE]), [COURSE]).items():
        shown = " ".join(line for block in blocks(text) for line in block.lines)
        body = text.partition("\n")[2]
        assert len(text) < long_page.LONGEST
        assert _words(shown) == _words(body), name


def _words(text: str) -> list[str]:
    return [word for word in text.split() if word not in ("#", "##", "-")]


@given(st.text(max_size=400))
def test_any_text_is_blocks(page: str) -> None:
    for block in blocks(page):
        assert block.lines and (block.kind in (Kind.LIST, Kind.TYPED) or len(block.lines) == 1)
