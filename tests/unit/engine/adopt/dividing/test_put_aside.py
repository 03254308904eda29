"""What a folder's name says about the notebooks in it."""

from __future__ import annotations

import pytest

from envcheck.adopt.dividing.put_aside import is_put_aside, worked_in
from envcheck.adopt.reading.sources import NOTEBOOK, SCRIPT, Source


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


def left(*names: str) -> list[str]:
    kinds = {name: SCRIPT if name.endswith(".py") else NOTEBOOK for name in names}
    return [source.name for source in worked_in([Source(*each) for each in kinds.items()])]


@pytest.mark.parametrize(
    "aside",
    [
        "week1/solutions/a.ipynb",
        "week1/solutions/a.py",
        "week1/Drafts/parts/a.ipynb",
        "week2/old/a.ipynb",
        "archive-2021/a.ipynb",
        "translations/hr/a.ipynb",
        "es/week1/a.ipynb",
        "week1/pt-br/a.ipynb",
    ],
)
def test_in_any_folder_of_the_way(aside: str) -> None:
    own = ["week1/a.ipynb", "week2/a.ipynb", "week2/data/get.ipynb"]
    assert left(*own, aside) == own


@pytest.mark.parametrize(
    "names",
    [
        ["solutions/a.ipynb", "tools.py"],
        ["translations/es/a.ipynb"],
        ["legacy/a.ipynb", "legacy/b.py"],
        ["old/a.py"],
        ["week1/a.ipynb", "week2/solutions/a.ipynb"],
        ["week1/a.ipynb", "week1/lab/solutions/a.ipynb"],
        ["de/words.ipynb", "maps/b.ipynb"],
        ["de/a.ipynb", "de/b.ipynb", "de/c.ipynb", "a.ipynb"],
    ],
)
def test_unless_nothing_is_left_to_do(names: list[str]) -> None:
    """Or it is no copy of what lies beside it."""
    assert left(*names) == names
