"""No clock deletes anything unless it was so late before, or is so late for a day."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from envcheck_class.store import clock
from envcheck_class.store.clock import DAY, Kept
from envcheck_class.store.database import Database

TIMES = st.floats(0, 4e9) | st.sampled_from([0.0, DAY, 1.5 * DAY, 100 * DAY, 101 * DAY, 4e12])


@given(st.lists(st.tuples(TIMES, st.booleans()), max_size=12))
def test_a_time_that_is_believed_was_near_or_stood_for_a_day(
    looks: list[tuple[float, bool]],
) -> None:
    kept, doubts = Kept(100 * DAY), list[float]()
    for now, steady in looks:
        before, kept = kept, kept.after(now, steady=steady)
        if kept.believed == before.believed:
            doubts = [at for at in (*doubts, now) if steady and at <= now] or [now]
        elif now > before.believed + DAY:
            assert steady and doubts and now - min(doubts) >= DAY
            doubts = []
        else:
            assert kept == Kept(now)
            doubts = []


def test_it_is_kept_for_the_next_start(kept: Database) -> None:
    with kept.writing() as connection:
        assert clock.may_delete(connection, 50 * DAY)  # set back: it deletes less
        assert clock.may_delete(connection, 51 * DAY)
        assert not clock.may_delete(connection, 80 * DAY)
    with kept.writing() as connection:
        assert not clock.may_delete(connection, 80.5 * DAY)
        assert clock.may_delete(connection, 81 * DAY)
        assert not clock.may_delete(connection, 81 * DAY, steady=False)
        assert not clock.may_delete(connection, float("nan"))
