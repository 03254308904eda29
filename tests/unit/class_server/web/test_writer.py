from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import Connection, event
from tests.pace import within
from tests.unit.class_server.made import arrival, open_class

from envcheck_class.store import arrivals, database, migrate, reading
from envcheck_class.store.arrivals import CLOSED, Arrival, Kept
from envcheck_class.store.database import Database
from envcheck_class.store.halves import Halves
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


def test_a_disk_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is said to be kept that is not; what was there stays."""
    place = database.in_folder(tmp_path)
    migrate.to_newest(place)
    open_class(place)
    with place.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        assert pages
    place.close()
    full = (*database.AT_CONNECT, f"PRAGMA max_page_count={pages + 40}")
    monkeypatch.setattr(database, "AT_CONNECT", full)
    answers = asyncio.run(put(Writer(place), 600))
    with place.reading() as connection:
        there = len([*reading.newest(connection, 1)])
    told = sum(isinstance(one, Kept) for one in answers)
    assert told == there < 600
    place.close()


@pytest.mark.parametrize("empty", ["sqlite"], indirect=True)
def test_whoever_else_writes_keeps_nobody_waiting_but_the_reports(
    kept: Database,
) -> None:
    """The loop answers all others meanwhile, and the reports when it is their turn."""
    open_class(kept)
    longest = 0.0

    async def beside() -> list[Kept | BaseException]:
        nonlocal longest
        answers = asyncio.ensure_future(put(Writer(kept), 3))
        while not answers.done():
            began = time.monotonic()
            await asyncio.sleep(0.01)
            longest = max(longest, time.monotonic() - began)
            if began > end and connection.in_transaction():
                connection.rollback()
        return answers.result()

    with kept.engine.connect() as connection:
        connection.info["begin"] = "BEGIN IMMEDIATE"
        connection.begin()
        end = time.monotonic() + 1.5
        assert asyncio.run(beside()) == [Kept(1, True)] * 3
    assert longest < within(1.0)


@pytest.mark.parametrize("empty", ["sqlite"], indirect=True)
def test_a_commit_that_fails_is_made_again(kept: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is answered is kept, whichever of the two commits did it."""
    open_class(kept)
    fails = iter([True, False, True])
    commit = Halves.commit

    def sometimes(halves: Halves) -> bool:
        if next(fails, False):
            halves.close()
            return False
        return commit(halves)

    monkeypatch.setattr(Halves, "commit", sometimes)
    assert asyncio.run(put(Writer(kept), 600)) == [Kept(1, True)] * 600
    with kept.reading() as connection:
        assert len([*reading.newest(connection, 1)]) == 600


@pytest.mark.parametrize("count", [0, 1])
def test_it_stops_when_all_is_written(kept: Database, count: int) -> None:
    open_class(kept)
    assert len(asyncio.run(put(Writer(kept), count))) == count


@pytest.mark.parametrize("empty", ["postgresql"], indirect=True)
def test_a_slow_commit_is_waited_for_once_for_all_who_come_meanwhile(
    kept: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thirty who come one after the other, in less time than the disk takes, are one batch."""
    open_class(kept)
    batches: list[int] = []
    first, everybody = threading.Event(), threading.Event()
    keep = arrivals.keep

    def slowly(connection: Connection, batch: Sequence[Arrival]) -> list[Kept]:
        batches.append(len(batch))
        first.set()
        event.listen(connection, "commit", lambda _: everybody.wait(within(20)), once=True)
        return keep(connection, batch)

    monkeypatch.setattr(arrivals, "keep", slowly)

    async def one_after_the_other(writer: Writer) -> list[Kept]:
        writer.start()
        answers = []
        for number in range(31):
            answers.append(asyncio.ensure_future(writer.put(arrival(f"a{number}"))))
            await asyncio.sleep(0.002)
            await asyncio.to_thread(first.wait)
        everybody.set()
        done = await asyncio.gather(*answers)
        await asyncio.to_thread(writer.stop)
        return done

    assert asyncio.run(one_after_the_other(Writer(kept))) == [Kept(1, True)] * 31
    assert batches == [1, 30]


def test_waiting_a_moment_ends(kept: Database) -> None:
    """Where its time is up before the waiting has begun, too: `queue.SimpleQueue` waits for ever then."""
    writer = Writer(kept)
    writer._patience = 1e-6

    def often() -> None:
        for _ in range(20_000):
            writer._words.put(True)
            assert writer._words.get()
            writer._gather()

    thread = threading.Thread(target=often, daemon=True)
    thread.start()
    thread.join(within(20))
    assert not thread.is_alive()
