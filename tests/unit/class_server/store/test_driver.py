from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from tests.unit.class_server.made import arrival, open_class

from envcheck_class.store import arrivals, driver
from envcheck_class.store.database import Database

SAME_AGAIN = (
    "INSERT INTO machines (class_id, alias, number, key_hash)"
    " SELECT class_id, alias, number, key_hash FROM machines WHERE alias = 'a-learner'"
)


def test_it_speaks_in_the_same_transaction(kept: Database) -> None:
    open_class(kept)
    with pytest.raises(ZeroDivisionError), kept.writing() as connection:
        with driver.of(connection) as spoken:
            spoken.execute("UPDATE classes SET name = 'another'")
        raise ZeroDivisionError
    with kept.reading() as connection, driver.of(connection) as spoken:
        assert [*spoken.execute("SELECT name FROM classes")] == [("monday",)]


def test_what_it_refuses_is_told_as_by_sqlalchemy(kept: Database) -> None:
    """The writer tries anew where another server process did the same, and not where a database is
    away. Whose report it was does not get into a log.
    """
    open_class(kept)
    with kept.writing() as connection:
        arrivals.keep(connection, [arrival("a-learner")])
    with (
        pytest.raises(IntegrityError) as told,
        kept.writing() as connection,
        driver.of(connection) as spoken,
    ):
        spoken.execute(SAME_AGAIN)
    assert SAME_AGAIN not in str(told.value)
    with (
        pytest.raises((OperationalError, ProgrammingError)),
        kept.reading() as connection,
        driver.of(connection) as spoken,
    ):
        spoken.execute("SELECT * FROM nothing_of_that_name")
