"""From every schema that ever was to today's, with what is in it."""

from __future__ import annotations

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from tests.unit.class_server.made import arrival

from envcheck.errors import UsageProblem
from envcheck_class import tokens
from envcheck_class.store import arrivals, changes, classes, migrate
from envcheck_class.store.changes import Version
from envcheck_class.store.database import Database
from envcheck_class.store.tables import TABLES


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


def test_a_newer_envcheck_made_it(kept: Database) -> None:
    with kept.writing() as connection:
        connection.execute(sqlalchemy.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UsageProblem, match="a newer envcheck made this database"):
        migrate.to_newest(kept)
