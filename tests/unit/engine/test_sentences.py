"""Names as a sentence has them."""

from __future__ import annotations

import pytest

from envcheck.sentences import listed


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
