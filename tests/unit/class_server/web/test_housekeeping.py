from __future__ import annotations

import time

import pytest
from sqlalchemy.exc import DBAPIError
from tests.pace import within
from tests.unit.class_server.made import arrival, open_class
from tests.unit.class_server.web.running import running

from envcheck.classroom.roster import Learner
from envcheck_class.store import arrivals, classes, deleting, overdue, reading
from envcheck_class.store.database import Database
from envcheck_class.web import housekeeping
from envcheck_class.web.housekeeping import Clocks


def test_a_clock_that_jumps_is_not_believed_at_once() -> None:
    wall, steady = [1000.0], [0.0]
    clocks = Clocks(lambda: wall[0], lambda: steady[0])

    def after(on_the_wall: float, really: float) -> tuple[float, bool]:
        wall[0] += on_the_wall
        steady[0] += really
        return clocks.now()

    assert after(3600, 3600) == (4600.0, True)
    assert not after(90 * deleting.DAY, 3600)[1]
    assert not after(-90 * deleting.DAY, 3600)[1]
    assert after(3500, 3600)[1]


def test_what_is_overdue_is_deleted(kept: Database) -> None:
    open_class(kept)
    with kept.writing() as connection:
        arrivals.keep(connection, [arrival(received=0), arrival("owl", received=1000 * 86400)])
    overdue.clean(kept, 1000 * 86400)
    with kept.reading() as connection:
        [row] = classes.all_of(connection)
    assert row.reports == 1


def test_sixty_days_unless_said_otherwise(kept: Database) -> None:
    """Counted from the arrival, by the server's clock, whatever a report says of its own time."""
    now = 1000 * deleting.DAY
    for name, more in (("monday", {}), ("tuesday", {"keeps_days": 7})):
        open_class(kept, name, **more)
    ages = {"fresh": 6.9, "week": 7.1, "month": 59.9, "old": 60.1}
    with kept.writing() as connection:
        for id in (1, 2):
            sent = [
                arrival(name, name, now - days * deleting.DAY, class_id=id)
                for name, days in ages.items()
            ]
            arrivals.keep(connection, sent)
    overdue.clean(kept, now)
    with kept.reading() as connection:
        left = [{one.alias for one in reading.of_class(connection, id)} for id in (1, 2)]
    assert left == [{"fresh", "week", "month"}, {"fresh"}]


def test_a_clock_that_is_wrong_at_the_start_deletes_nothing(kept: Database) -> None:
    """Not at the second start either, and not because a report came meanwhile. Put right, it deletes what it
    should; where it was right after all, a day later.
    """
    day, now = deleting.DAY, time.time()
    open_class(
        kept, now=now - 70 * day, roster=[Learner("Kim Park", frozenset({"kim"}), frozenset())]
    )

    def aliases(at: float, *, steady: bool = True) -> set[str]:
        overdue.clean(kept, at, steady=steady)
        with kept.reading() as connection:
            return {one.alias for one in reading.of_class(connection, 1)}

    ages = {"young": 1, "old": 59, "overdue": 61}
    with kept.writing() as connection:
        sent = [arrival(name, name, now - age * day) for name, age in ages.items()]
        arrivals.keep(connection, sent)
    wrong = now + 3000 * day
    for at in (wrong, wrong + 60, wrong, wrong + day / 2):
        assert aliases(at) == set(ages)
        with kept.writing() as connection:
            arrivals.keep(connection, [arrival("young", "young", at)])
    assert aliases(wrong + 9 * day, steady=False) == set(ages)
    assert aliases(now + 60) == {"young", "old"}
    later = now + 5 * day  # the server was not run meanwhile
    assert aliases(later) == aliases(later + day / 2) == {"young", "old"}
    assert aliases(later + day) == {"young"}
    with kept.reading() as connection:
        assert classes.named(connection, "monday").roster is not None


def test_a_server_sees_to_it_while_it_runs(kept: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FIRST", "EVERY"):
        monkeypatch.setattr(housekeeping, name, 0.05)
    now = time.time()
    with running(kept) as server:
        sent = [arrival(received=now), arrival("owl", "b", now - 61 * deleting.DAY)]
        with kept.writing() as connection:
            arrivals.keep(connection, sent)
        deadline = time.monotonic() + within(20)
        while True:
            with kept.reading() as connection:
                left = {one.alias for one in reading.of_class(connection, 1)}
            if left == {"fox"}:
                break
            assert time.monotonic() < deadline, left
            time.sleep(0.05)
        assert server.send().status in (200, 201)


def test_a_database_that_is_away_is_no_trouble(empty: Database) -> None:
    with pytest.raises(DBAPIError), empty.writing() as connection:
        deleting.overdue(connection, 5.0)
    overdue.clean(empty, 5.0)  # raises nothing
