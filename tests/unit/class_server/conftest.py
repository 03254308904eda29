"""The same tests on both databases."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy
from tests.unit.class_server.class_databases import postgresql

from envcheck_class.store import database, migrate
from envcheck_class.store.database import Database
from envcheck_class.store.tables import TABLES


@pytest.fixture(scope="session")
def postgresql_address() -> Iterator[str]:
    """A real server, for all tests. Its socket's path must be short."""
    with postgresql(Path(tempfile.gettempdir(), f"pg-{secrets.token_hex(4)}")) as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any table."""
    if request.param == "sqlite":
        place = database.in_folder(tmp_path / "data")
    else:
        place = database.at(request.getfixturevalue("postgresql_address"))
    yield place
    if request.param == "postgresql":
        TABLES.drop_all(place.engine)
        with place.writing() as connection:
            connection.execute(sqlalchemy.text("DROP TABLE IF EXISTS alembic_version"))
    place.close()


@pytest.fixture
def kept(empty: Database) -> Database:
    """A database at today's schema."""
    migrate.to_newest(empty)
    return empty
