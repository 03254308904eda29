"""What somebody's check raises or returns, in one line for a person."""

from __future__ import annotations

import pytest

from envcheck import Check, Fine, NotDone, Skipped, Unknown, fail, ok, warn
from envcheck.run.crashes import blame, is_outcome, owner, shown

CHECK = Check("a", "A", lambda env: ok("fine"), owner="a-package")
DIAGNOSIS = fail("x", "it is broken")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Fine("fine"), True),
        (Skipped("no display"), True),
        (Unknown("?"), True),
        (NotDone(warn("x", "y")), True),
        (DIAGNOSIS, True),
        ((DIAGNOSIS, DIAGNOSIS), True),
        ((), False),
        ((DIAGNOSIS, "x"), False),
        ([DIAGNOSIS], False),
        (None, False),
        (True, False),
    ],
)
def test_what_is_an_outcome(value: object, expected: bool) -> None:
    """One of the five values, or a tuple of diagnoses that is not empty."""
    assert is_outcome(value) is expected


class Strange(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no")

    def __repr__(self) -> str:
        raise RuntimeError("no")


def raised(error: BaseException) -> BaseException:
    try:
        raise error
    except BaseException as caught:  # noqa: BLE001  # SystemExit too
        return caught


def test_blame_names_check_owner_and_place() -> None:
    """Of a long message the first line, 200 characters at most."""
    line = blame(CHECK, raised(ValueError("x" * 300 + "\nmore")))
    assert line.startswith(f"the check `a` of a-package broke: ValueError: {'x' * 200} (")
    assert "test_crashes.py:" in line and "more" not in line


@pytest.mark.parametrize("error", [SystemExit(), KeyError(), Strange()])
def test_an_error_without_words(error: BaseException) -> None:
    """Its type is enough."""
    assert f"broke: {type(error).__name__} (" in blame(CHECK, raised(error))


def test_a_value_that_cannot_be_shown() -> None:
    """Its type is named; a long one is cut."""
    assert shown(Strange()) == "a Strange"
    assert len(shown("x" * 500)) == 80


def test_a_check_without_an_owner() -> None:
    """The module in which it is written stands in."""
    assert owner(Check("a", "A", lambda env: ok("fine"))) == f"the check `a` of {__name__}"
