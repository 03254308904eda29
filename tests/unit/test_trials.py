"""Which of the learner's settings is the cause, by trials: in few, and one after the other or two side by side."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from envcheck_checks.trials import Change, Kind, culprit

CHANGES = [Change(Kind.VARIABLE, name, {name: None}) for name in ("A", "B", "C", "D")]


@pytest.mark.parametrize("at_once", [1, 2])
@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_the_one_that_does_it(count: int, at_once: int) -> None:
    """Whichever it is; two side by side are never more rounds."""
    for guilty in CHANGES[:count]:
        assert culprit(CHANGES[:count], lambda tried, guilty=guilty: guilty in tried, at_once) == guilty  # type: ignore[misc]


@pytest.mark.parametrize("at_once", [1, 2])
def test_none_or_several(at_once: int) -> None:
    """No candidates, none that helps, and two that help only together: nobody is blamed."""
    asked: list[Sequence[Change]] = []

    def never(tried: Sequence[Change]) -> bool:
        asked.append(tried)
        return False

    assert culprit([], never, at_once) is None
    assert asked == []
    assert culprit(CHANGES, never, at_once) is None
    assert len(asked) <= at_once
    assert culprit(CHANGES, lambda tried: {*CHANGES[1:3]} <= {*tried}, at_once) is None


def test_what_a_trial_raises_is_raised() -> None:
    """In whichever thread it ran."""

    def breaks(tried: Sequence[Change]) -> bool:
        if len(tried) == 1:
            raise ValueError(tried[0].name)
        return True

    with pytest.raises(ValueError, match="A"):
        culprit(CHANGES, breaks, at_once=2)
