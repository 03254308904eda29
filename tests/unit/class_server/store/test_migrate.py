"""From every schema that ever was to today's, with what is in it."""

from __future__ import annotations

import time

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from tests.pace import within
from tests.unit.class_server.made import arrival

from envcheck.errors import UsageProblem
from envcheck_class import tokens
from envcheck_class.store import arrivals, changes, classes, migrate
from envcheck_class.store.changes import Version
from envcheck_class.store.database import Database
from envcheck_class.store.tables import CLOCK, TABLES


def test_the_steps_lead_to_the_tables(empty: Database) -> None:
    migrate.to_newest(empty)
    with empty.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), TABLES) == []


def test_what_the_first_schema_held_is_there(empty: Database) -> None:
    with empty.writing() as connection:
        migrate.upgrade(connection, "0001")
        names = ("helper_hash", "instructor_hash", "chapter", "course")
        held: dict[str, object] = dict.fromkeys(names, "x")
        held |= {"name": "monday", "learner_hash": tokens.hashed("code"), "roster": None}
        table = sqlalchemy.Table("classes", sqlalchemy.MetaData(), autoload_with=connection)
        connection.execute(table.insert(), {**held, "id": 7, "opened": 0.0, "keeps_days": 60})
    migrate.to_newest(empty)
    migrate.to_newest(empty)
    with empty.reading() as connection:
        assert classes.by_code(connection, "code") is not None
        first = changes.version(connection, 7)
    with empty.writing() as connection:
        arrivals.keep(connection, [arrival(class_id=7)])
    with empty.reading() as connection:
        assert changes.version(connection, 7) == Version(first.since, 1)


def test_the_newest_time_that_is_kept_is_what_the_clock_was(empty: Database) -> None:
    """Of a database with nothing in it the time of now."""
    with empty.writing() as connection:
        migrate.upgrade(connection, "0003")
        names = ("helper_hash", "instructor_hash", "learner_hash", "chapter", "course", "name")
        table = sqlalchemy.Table("classes", sqlalchemy.MetaData(), autoload_with=connection)
        held: dict[str, object] = dict.fromkeys(names, "x")
        connection.execute(table.insert(), {**held, "id": 7, "opened": 5.0, "keeps_days": 60})
    migrate.to_newest(empty)
    with empty.reading() as connection:
        assert connection.execute(sqlalchemy.select(CLOCK.c.believed)).scalar_one() == 5.0


def test_a_new_database_has_the_time_of_now(kept: Database) -> None:
    with kept.reading() as connection:
        believed = connection.execute(sqlalchemy.select(CLOCK.c.believed)).scalar_one()
    assert abs(believed - time.time()) < within(60)


def test_a_newer_envcheck_made_it(kept: Database) -> None:
    with kept.writing() as connection:
        connection.execute(sqlalchemy.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UsageProblem, match="a newer envcheck made this database"):
        migrate.to_newest(kept)
