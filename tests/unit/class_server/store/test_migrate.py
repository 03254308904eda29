"""From every schema that ever was to today's, with what is in it."""

from __future__ import annotations

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from tests.unit.class_server.made import open_class

from envcheck.errors import UsageProblem
from envcheck_class.store import classes, migrate
from envcheck_class.store.database import Database
from envcheck_class.store.tables import TABLES


def test_the_steps_lead_to_the_tables(empty: Database) -> None:
    migrate.to_newest(empty)
    with empty.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), TABLES) == []


def test_what_the_first_schema_held_is_there(empty: Database) -> None:
    with empty.writing() as connection:
        migrate.upgrade(connection, "0001")
    codes = open_class(empty)
    migrate.to_newest(empty)
    migrate.to_newest(empty)
    with empty.reading() as connection:
        assert classes.by_code(connection, codes.learner) is not None


def test_a_newer_envcheck_made_it(kept: Database) -> None:
    with kept.writing() as connection:
        connection.execute(sqlalchemy.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UsageProblem, match="a newer envcheck made this database"):
        migrate.to_newest(kept)
