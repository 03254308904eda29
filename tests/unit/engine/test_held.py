"""What another program holds for a moment, on Windows."""

from __future__ import annotations

import pytest

from envcheck import held
from envcheck.held import is_held, once_free


def refusal(number: int) -> OSError:
    """As Windows raises it."""
    error = PermissionError(13, "Access is denied")
    error.winerror = number  # type: ignore[attr-defined,unused-ignore]
    return error


class Act:
    """Refused so many times."""

    def __init__(self, times: int, error: OSError) -> None:
        self.times, self.error, self.tried = times, error, 0

    def __call__(self) -> str:
        self.tried += 1
        if self.tried <= self.times:
            raise self.error
        return "done"


@pytest.mark.parametrize("number", [5, 32, 33])
def test_it_is_let_go(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(held, "WAITS", (0, 0, 0))
    assert once_free(act := Act(3, refusal(number))) == "done"
    assert act.tried == 4


def test_it_is_held_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "WAITS", (0, 0, 0))
    act = Act(9, refusal(32))
    with pytest.raises(PermissionError):
        once_free(act)
    assert act.tried == 4


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), refusal(112)])
def test_another_refusal_is_one_at_once(error: OSError) -> None:
    act = Act(9, error)
    with pytest.raises(OSError, match="denied"):
        once_free(act)
    assert act.tried == 1
    assert not is_held(error)


def test_no_person_waits_for_long() -> None:
    assert sum(held.WAITS) <= 1
