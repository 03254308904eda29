"""What a folder's name says about the notebooks in it."""

from __future__ import annotations

import pytest

from envcheck.adopt.dividing.put_aside import is_put_aside
from envcheck.adopt.reading.sources import NOTEBOOK, Source


@pytest.mark.parametrize(
    ("folder", "is_aside"),
    [
        ("", False),
        ("project", False),
        ("dedication", False),
        ("legacy-code", False),
        ("_solutions", True),
        ("ch1/Answers", True),
        ("archive-2021/day1", True),
        ("units/pt-br", True),
        ("translations/x", True),
    ],
)
def test_by_any_folder_around_it(folder: str, is_aside: bool) -> None:
    assert is_put_aside(Source(f"{folder}/a.ipynb".lstrip("/"), NOTEBOOK)) is is_aside
