from __future__ import annotations

import pytest
from tests.unit.class_server.made import arrival, open_class

from envcheck.classroom.roster import Learner
from envcheck.errors import UsageProblem
from envcheck_class.store import arrivals, classes, deleting
from envcheck_class.store.database import Database
from envcheck_class.store.tables import TABLES


def test_each_code_opens_its_class_and_none_is_kept(kept: Database) -> None:
    codes = open_class(kept)
    open_class(kept, "tuesday")
    with kept.reading() as connection:
        for role in classes.ROLES:
            found = classes.by_code(connection, getattr(codes, role))
            assert found is not None
            assert (found[0].name, found[1]) == ("monday", role)
        assert classes.by_code(connection, "0" * 20) is None
        held = repr(connection.execute(TABLES.tables["classes"].select()).all())
    assert codes.learner not in held and codes.instructor not in held


def test_the_roster_comes_back(kept: Database) -> None:
    learner = Learner("Reinhard Fuchs", frozenset({"fox"}), frozenset({"reinhardfuchs"}))
    open_class(kept, roster=[learner])
    open_class(kept, "tuesday")
    with kept.reading() as connection:
        assert classes.named(connection, "monday").roster == (learner,)
        assert classes.named(connection, "tuesday").roster is None


def test_a_name_is_given_once_and_a_wrong_one_is_told_the_right(kept: Database) -> None:
    open_class(kept)
    with pytest.raises(UsageProblem, match="there is a class monday already"):
        open_class(kept)
    with pytest.raises(UsageProblem, match="the nearest is `monday`"), kept.reading() as connection:
        classes.named(connection, "mondy")


def test_forgotten_is_all_of_it_and_nothing_else(kept: Database) -> None:
    open_class(kept)
    open_class(kept, "tuesday")
    with kept.writing() as connection:
        arrivals.keep(connection, [arrival(), arrival(class_id=2)])
    with kept.writing() as connection:
        classes.close(connection, 2, 7.0)
        classes.forget(connection, 1)
    with kept.reading() as connection:
        [row] = classes.all_of(connection)
        counts = [connection.execute(table.select()).all() for table in TABLES.tables.values()]
    assert (row.row.name, row.row.closed, row.machines, row.reports) == ("tuesday", 7.0, 1, 1)
    assert sum(map(len, counts)) == 5  # the clock is nobody's


def test_what_is_overdue_goes(kept: Database) -> None:
    """A report goes by its own age; an empty class only when it is closed."""
    open_class(kept, keeps_days=60)
    with kept.writing() as connection:
        arrivals.keep(connection, [arrival(received=0), arrival("owl", received=30 * deleting.DAY)])
    with kept.writing() as connection:
        assert deleting.overdue(connection, 61 * deleting.DAY) == 1
    with kept.writing() as connection:
        [row] = classes.all_of(connection)
        assert (row.machines, row.reports) == (1, 1)
        assert deleting.overdue(connection, 91 * deleting.DAY) == 1
        assert [row.reports for row in classes.all_of(connection)] == [0]
        classes.close(connection, 1, 91 * deleting.DAY)
        deleting.overdue(connection, 152 * deleting.DAY)
        assert classes.all_of(connection) == []
