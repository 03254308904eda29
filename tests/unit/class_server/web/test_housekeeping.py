from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError
from tests.unit.class_server.made import arrival, open_class

from envcheck_class.store import arrivals, classes, deleting
from envcheck_class.store.database import Database
from envcheck_class.web import housekeeping
from envcheck_class.web.housekeeping import Clocks


def test_a_clock_that_jumps_is_not_believed_at_once() -> None:
    wall, steady = [1000.0], [0.0]
    clocks = Clocks(lambda: wall[0], lambda: steady[0])

    def after(on_the_wall: float, really: float) -> float | None:
        wall[0] += on_the_wall
        steady[0] += really
        return clocks.now()

    assert after(3600, 3600) == 4600.0
    assert after(90 * deleting.DAY, 3600) is None
    assert after(-90 * deleting.DAY, 3600) is None
    assert after(3500, 3600) is not None


def test_what_is_overdue_is_deleted(kept: Database) -> None:
    open_class(kept)
    with kept.writing() as connection:
        arrivals.keep(connection, [arrival(received=0), arrival("owl", received=1000 * 86400)])
    housekeeping.clean(kept, 1000 * 86400)
    with kept.reading() as connection:
        [row] = classes.all_of(connection)
    assert row.reports == 1


def test_a_database_that_is_away_is_no_trouble(empty: Database) -> None:
    with pytest.raises(DBAPIError), empty.writing() as connection:
        deleting.overdue(connection, 5.0)
    housekeeping.clean(empty, 5.0)  # raises nothing
