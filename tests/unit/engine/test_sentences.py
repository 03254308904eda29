"""Names as a sentence has them."""

from __future__ import annotations

import pytest

from envcheck.sentences import listed, number_of


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["numpy"], "numpy"),
        (["numpy", "pandas"], "numpy and pandas"),
        (["numpy", "pandas", "seaborn"], "numpy, pandas and seaborn"),
    ],
)
def test_names_are_listed_as_in_a_sentence(names: list[str], text: str) -> None:
    """A comma between them, `and` before the last; no names are no words."""
    assert listed(names) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (1.0, "1 day"),
        (7.0, "7 days"),
        (0.5, "0.5 days"),
        (1_234_567, "1234567 days"),
    ],
)
def test_a_number_has_its_noun(count: float, text: str) -> None:
    assert number_of(count, "day") == text
