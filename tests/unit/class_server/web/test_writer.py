from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from tests.unit.class_server.made import arrival, open_class

from envcheck_class.store import database, migrate, reading
from envcheck_class.store.arrivals import CLOSED, Kept
from envcheck_class.store.database import Database
from envcheck_class.web.writer import Unavailable, Writer


async def put(writer: Writer, count: int) -> list[Kept | BaseException]:
    writer.start()
    try:
        return await asyncio.gather(
            *(writer.put(arrival(f"a{number}")) for number in range(count)), return_exceptions=True
        )
    finally:
        await asyncio.to_thread(writer.stop)


def test_many_are_kept_in_few_transactions(kept: Database) -> None:
    open_class(kept)
    assert asyncio.run(put(Writer(kept), 600)) == [Kept(1, True)] * 600
    with kept.reading() as connection:
        assert len([*reading.newest(connection, 1)]) == 600


def test_a_class_that_was_deleted_meanwhile(kept: Database) -> None:
    """Nothing is kept, and nobody is told to try again."""
    assert asyncio.run(put(Writer(kept), 1)) == [CLOSED]


def test_a_database_that_somebody_else_has_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who waits is told so in seconds, and what comes afterwards is kept."""
    sooner = (*database.AT_CONNECT, "PRAGMA busy_timeout=500")
    monkeypatch.setattr(database, "AT_CONNECT", sooner)
    place = database.in_folder(tmp_path)
    migrate.to_newest(place)
    open_class(place)
    other = sqlite3.connect(tmp_path / database.FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answers = asyncio.run(put(Writer(place), 3))
    assert all(isinstance(one, Unavailable) for one in answers)
    other.execute("ROLLBACK")
    other.close()
    assert asyncio.run(put(Writer(place), 3)) == [Kept(1, True)] * 3
    place.close()


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    """Nothing is said to be kept that is not; what was there stays."""
    place = database.in_folder(tmp_path)
    migrate.to_newest(place)
    open_class(place)
    with place.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        assert pages
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 40}")
    answers = asyncio.run(put(Writer(place), 600))
    with place.reading() as connection:
        there = len([*reading.newest(connection, 1)])
    told = sum(isinstance(one, Kept) for one in answers)
    assert told == there < 600
    place.close()


@pytest.mark.parametrize("count", [0, 1])
def test_it_stops_when_all_is_written(kept: Database, count: int) -> None:
    open_class(kept)
    assert len(asyncio.run(put(Writer(kept), count))) == count
