"""The start-up file that ends a Python is found by leaving files out, half of them at a time."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from envcheck_checks.python.blamed_file import find_blamed_file

FILES = ["sitecustomize.py", "a.pth", "b.pth", "c.pth", "d.pth"]


@pytest.mark.parametrize("guilty", FILES)
def test_one_file_does_it(guilty: str) -> None:
    """Whichever it is, and in few trials."""
    trials: list[Sequence[str]] = []

    def starts(left_out: Sequence[str]) -> bool:
        trials.append(left_out)
        return guilty in left_out

    assert find_blamed_file(FILES, starts) == guilty
    assert len(trials) <= 6


@pytest.mark.parametrize("guilty", [set(), {"a.pth", "d.pth"}, {"something else"}])
def test_no_one_file_does_it(guilty: set[str]) -> None:
    """Nothing is blamed when no file is the cause, when several are, or when there is none."""
    assert find_blamed_file(FILES, lambda left_out: guilty <= {*left_out}) is None
    assert find_blamed_file([], lambda left_out: True) is None


@pytest.mark.parametrize("files", [["a.pth"], ["a.pth", "b.pth"]])
@pytest.mark.parametrize(
    ("again", "late", "blamed"),
    [
        (False, False, "a.pth"),
        (None, False, None),
        (None, True, "a.pth"),
        (True, False, None),
        (True, True, None),
    ],
)
def test_with_all_of_them_it_must_fail(
    files: list[str], again: bool | None, late: bool, blamed: str | None
) -> None:
    """A control that was only waited for in vain confirms nothing, where the failure was none."""
    starts = {True: True, False: again}
    assert find_blamed_file(files, lambda left: starts["a.pth" in left], late=late) == blamed
