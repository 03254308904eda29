"""A text that somebody else wrote is a number, or none; nothing is raised."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck.digits import whole_number


@given(st.integers())
def test_numbers(number: int) -> None:
    assert whole_number(f" {number} ") == number


@pytest.mark.parametrize("text", ["", "-", "8888/lab", "1.0", "\N{SUPERSCRIPT TWO}", "9" * 5000])
def test_no_numbers(text: str) -> None:
    assert whole_number(text) is None


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    """Python's own, where it has one."""
    try:
        number = int(text)
    except ValueError:
        assert whole_number(text) is None
    else:
        assert whole_number(text) == number
