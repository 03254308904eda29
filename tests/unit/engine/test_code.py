"""A code is the text that it always was, and knows what is declared of it."""

from __future__ import annotations

import copy
import json
import pickle

import pytest

from envcheck import Code, Severity, fail

DIED = Code("kernel-died", "The kernel dies while it starts", "kernel-starts", automatic=True)


def test_a_code_is_its_name() -> None:
    """Compared, hashed, written and put into JSON it is the plain text."""
    assert DIED == "kernel-died"
    plain: dict[str, int] = {DIED: 1}
    assert plain["kernel-died"] == 1
    assert f"{DIED}" == "kernel-died"
    assert json.dumps([DIED]) == '["kernel-died"]'
    assert fail(DIED, "the kernel dies") == fail("kernel-died", "the kernel dies")


def test_a_code_knows_what_is_declared() -> None:
    """Its page's first line, the checks that may give it, how bad it is, and whether a program may
    mend it.
    """
    assert DIED.meaning == "The kernel dies while it starts"
    assert (DIED.checks, DIED.severity, DIED.automatic) == (
        ("kernel-starts",),
        Severity.ERROR,
        True,
    )
    warning = Code("disk-low", "Little room is left", severity=Severity.WARNING)
    assert (warning.checks, warning.severity, warning.automatic) == ((), Severity.WARNING, False)


def test_a_code_is_frozen() -> None:
    """Nothing that is declared can be changed on the way."""
    with pytest.raises(AttributeError, match="kernel-died"):
        DIED.meaning = "something else"


def test_a_copied_code_is_whole() -> None:
    """Copies have all that is declared."""
    for same in (copy.deepcopy(DIED), pickle.loads(pickle.dumps(DIED))):
        assert isinstance(same, Code)
        assert (same, same.meaning, same.checks) == (DIED, DIED.meaning, DIED.checks)
        assert (same.severity, same.automatic) == (DIED.severity, DIED.automatic)
