from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.class_server.web.running import Running, running

from envcheck_class.store import database, migrate
from envcheck_class.store.database import Database


@pytest.fixture
def server(kept: Database) -> Iterator[Running]:
    """A real server, on each database."""
    with running(kept) as one:
        yield one


@pytest.fixture
def sqlite_server(tmp_path: Path) -> Iterator[Running]:
    """A real server on SQLite alone, for what has nothing to do with the database."""
    place = database.in_folder(tmp_path / "data")
    migrate.to_newest(place)
    with running(place) as one:
        yield one
    place.close()
