from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck_class.web.view import MOST_STEPS, minutes, times

TIMES = st.lists(st.one_of(st.none(), st.floats(0, 86_400)), max_size=400)


def points(steps: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (one.split(",") for one in steps.split())]


@given(TIMES)
def test_the_line_only_rises_and_ends_at_the_share_that_is_ready(
    seconds: list[float | None],
) -> None:
    ready = [one for one in seconds if one is not None]
    line = points(times(seconds)["steps"])
    assert len(line) <= 2 * MOST_STEPS + 2
    if not ready:
        assert line == []
        return
    assert line == sorted(line, key=lambda point: (point[0], -point[1]))
    across, level = line[-1]
    assert across == 100
    assert level == pytest.approx(100 - 100 * len(ready) / len(seconds), abs=0.06)


def test_a_class_of_ten_thousand_has_a_line_as_short_as_another_and_the_same_sentence() -> None:
    """Each step stands where the line of all would be."""
    seconds = [float(number) for number in range(10_000)]
    found = times(seconds)
    assert len(found["steps"]) < 3_000
    assert found["told"] == (
        "10000 of 10000 machines became ready, 1 of them with their first report; "
        "half of the others within 1 h 24 min."
    )
    for across, level in points(found["steps"])[1:-1]:
        assert abs(100 - level - across) < 100 / MOST_STEPS + 0.2


def test_a_small_class_has_a_step_for_everybody() -> None:
    assert times([60.0, 120.0, None, 120.0])["steps"] == (
        "0,100 50.0,100.0 50.0,75.0 100.0,75.0 100.0,50.0 100.0,50.0 100.0,25.0 100,25.0"
    )


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (-3, "less than a minute"),
        (59.9, "less than a minute"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h 0 min"),
    ],
)
def test_how_long_somebody_waits(seconds: float, told: str) -> None:
    """A clock that was set back lets nobody wait for less than nothing."""
    assert minutes(seconds) == told


@pytest.mark.parametrize(("took", "within"), [(0.5, "1 min"), (60.0, "1 min"), (61.0, "2 min")])
def test_half_of_them_took_no_longer_than_it_says(took: float, within: str) -> None:
    assert times([took])["told"].endswith(f"half of the others within {within}.")
