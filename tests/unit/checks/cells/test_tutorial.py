"""The tutorial's numbers against the truth, and the learner's own table against the course's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.unit.described_machines import file_at

from envcheck import Severity
from envcheck_checks.cells import tutorial, tutorial_data
from envcheck_checks.cells.tutorial_data import HEADER, YEARS, RightNumbers
from envcheck_checks.kernel.answers import End, Execution

KNOWN = RightNumbers(25_500, 369, 57.5)
RIGHT = {
    "rows": 25_500,
    "odd": ["N.A."],
    "without": 369,
    "kept": 25_131,
    "years": 51,
    "spread": True,
    "mean": 57.5,
}


def wrong(pictures: int = tutorial.PICTURES, **changed: Any) -> str:
    return tutorial._find_differences(printed(json.dumps({**RIGHT, **changed})), KNOWN, pictures)


def printed(text: str) -> Execution:
    return Execution(End.REPLIED, "ok", text)


def test_the_right_numbers() -> None:
    """A mean may differ in its last digits; more pictures than needed harm nobody."""
    assert wrong() == ""
    assert wrong(tutorial.PICTURES + 1, mean=57.5 * (1 + 1e-9)) == ""


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"rows": 25_499}, "rows 25499"),
        ({"odd": []}, "odd []"),
        ({"kept": None}, "kept None"),
        ({"spread": False}, "spread False"),
        ({"mean": 57.6}, "mean 57.6"),
        ({"rows": 1, "years": 2}, "rows 1, years 2"),
        ({"pictures": tutorial.PICTURES - 1}, f"{tutorial.PICTURES - 1} pictures"),
    ],
)
def test_what_differs_is_named(changed: dict[str, Any], said: str) -> None:
    """With what came out."""
    assert wrong(**changed) == said


def test_no_numbers_at_all() -> None:
    """What was printed in their place is shown."""
    assert (
        tutorial._find_differences(printed("Traceback"), KNOWN, 9) == "no numbers, but: Traceback"
    )


def test_numbers_among_other_lines() -> None:
    """An extension says how long each cell took."""
    said = printed(f"[warning]\n{json.dumps(RIGHT)}\ntime: 3.2 ms\n")
    assert tutorial._find_differences(said, KNOWN, tutorial.PICTURES) == ""


def table(*, years: range = YEARS, short: int = 0, header: tuple[str, ...] = HEADER) -> str:
    rows = [",".join(header)]
    rows += [f"{year},{rank},A,1,2" for year in years for rank in range(1, 501 - short)]
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (table(), ""),
        (table(years=range(1955, 2020)), "years from 1955 to 2019"),
        (table(short=1), "499 companies in 1955"),
        (table(header=("a", "b")), "2 columns (a, b)"),
        ("", "0 columns ()"),
        (",".join(HEADER), "years from none to none"),
    ],
)
def test_the_learners_own_table(tmp_path: Path, text: str, found: str) -> None:
    """Another one of that name is a warning; none, and the course's own, are not."""
    assert tutorial._learners_file(tmp_path) == []
    file = file_at(tmp_path / "fortune500.csv", text)
    assert tutorial_data.trouble_with(file) == found
    diagnoses = tutorial._learners_file(tmp_path)
    assert [one.code for one in diagnoses] == ["table-is-another"] * bool(found)
    assert all(one.severity is Severity.WARNING for one in diagnoses)
