"""A hint is the instructor's word on every line of the terminal, and steers nothing."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from envcheck.sending.hints import LONGEST, WHOSE, lines

STEERS = {"Cc", "Cs", "Zl", "Zp"}
BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(st.text(max_size=500), st.integers(20, 120))
def test_any_hint(text: str, width: int) -> None:
    shown = lines(text, width)
    assert all(line.startswith(WHOSE) for line in shown)
    assert sum(len(line) - len(WHOSE) for line in shown) <= LONGEST + len(shown)
    letters = {letter for line in shown for letter in line}
    assert not letters & BIDI
    assert not {unicodedata.category(letter) for letter in letters} & STEERS
    for line in shown:
        columns = sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line)
        assert columns < max(width, 34)


def test_a_long_hint_says_whose_it_is_on_each_line() -> None:
    """Also where the terminal would have gone on by itself."""
    shown = lines("a" * 1_000, 60)
    assert "".join(line.removeprefix(WHOSE) for line in shown) == "a" * LONGEST
    assert len(shown) > 5
    assert lines("::error::no ##[x] here", 80) == [f"{WHOSE}: :error::no ## [x] here"]
    assert lines("\x1b]8;;https://evil.example\x07click\x1b]8;;\x07", 80) == [f"{WHOSE}click"]
    assert lines("\n \n\t", 80) == []
