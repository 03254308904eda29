"""What a file says itself that it is run with."""

from __future__ import annotations

import pytest

from envcheck.adopt.reading.cells import parsed
from envcheck.adopt.reading.inline import tested as versions
from envcheck.adopt.reading.notebooks import Cell


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("d = {'a': '1.2', 'b': 3, 4: '5', 'c': 'new'}\ncheck_packages(d)", {"a": "1.2"}),
        ("d = {'a': '1.2'}", {}),
        ("d = {'a': f()}\nd = {'b': '2'}\ncheck_packages(d)", {"b": "2"}),
    ],
)
def test_the_versions(text: str, rows: dict[str, str]) -> None:
    tree = parsed(text)
    assert tree is not None
    assert versions([(Cell(text, 1, 1), tree)]) == rows
