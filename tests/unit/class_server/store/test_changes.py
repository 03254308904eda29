"""The version of a class, which every page and every poll asks for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy
from sqlalchemy import Connection
from tests.pace import within
from tests.unit.class_server.made import arrival, open_class

from envcheck_class.store import arrivals, changes, claims, classes, deleting, hints, reading
from envcheck_class.store.changes import NEVER, Version
from envcheck_class.store.database import Database
from envcheck_class.store.hints import Hint
from envcheck_class.web.slots import NOTHING, brought_up

WRITERS, BATCHES, REPORTS = 4, 12, 5
HINT = Hint("kernelspec-other-python", "Choose the other kernel.", 5.0)
ADDS: dict[str, Callable[[Connection], object]] = {
    "a report": lambda it: arrivals.keep(it, [arrival("owl")]),
    "a claim": lambda it: claims.take(it, 1, 1, "Ada", 5.0),
    "its end": lambda it: claims.end(it, 1, 1, 5.0, "slept"),
    "a hint": lambda it: hints.send(it, 1, HINT),
    "the end of the class": lambda it: classes.close(it, 1, 5.0),
}
DELETES: dict[str, Callable[[Connection], object]] = {
    "one learner": lambda it: deleting.alias(it, 1, "fox"),
    "what is overdue": lambda it: deleting.overdue(it, 1000 * deleting.DAY),
}


def version(place: Database, class_id: int = 1) -> Version:
    with place.reading() as connection:
        return changes.version(connection, class_id)


@pytest.fixture
def two(kept: Database) -> Database:
    """Two classes with a report each."""
    for id, name in enumerate(("monday", "tuesday"), 1):
        open_class(kept, name)
        with kept.writing() as connection:
            arrivals.keep(connection, [arrival(class_id=id)])
    return kept


@pytest.mark.parametrize("change", ADDS.values(), ids=ADDS)
def test_what_is_added_counts_up(two: Database, change: Callable[[Connection], object]) -> None:
    before, other = version(two), version(two, 2)
    with two.writing() as connection:
        change(connection)
    after = version(two)
    assert after.number > before.number and after.since == before.since
    assert after.covers(before) and not before.covers(after)
    assert version(two, 2) == other


@pytest.mark.parametrize("change", DELETES.values(), ids=DELETES)
def test_what_is_deleted_makes_all_that_was_read_worthless(
    two: Database, change: Callable[[Connection], object]
) -> None:
    before = version(two)
    with two.writing() as connection:
        change(connection)
    after = version(two)
    assert after.since != before.since
    assert not after.covers(before) and not before.covers(after)


def test_a_class_with_the_number_of_one_that_is_gone_is_another(two: Database) -> None:
    """SQLite gives a number again."""
    before = version(two, 2)
    with two.writing() as connection:
        classes.forget(connection, 2)
    assert version(two, 2) == NEVER
    open_class(two, "wednesday")
    assert before.since not in {version(two, id).since for id in (1, 2, 3)}


def test_it_is_found_by_an_index_however_many_reports_there_are(two: Database) -> None:
    """Nothing is counted: the one row by its key is all that is read."""
    asked: list[str] = []
    listening = ("before_cursor_execute", lambda _1, _2, statement, *_: asked.append(statement))
    with two.reading() as connection:
        sqlalchemy.event.listen(two.engine, *listening)
        changes.version(connection, 1)
        sqlalchemy.event.remove(two.engine, *listening)
        [statement] = asked
        if two.engine.dialect.name == "sqlite":
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", (1,)).all()
            assert [row[-1] for row in plan] == [
                "SEARCH changes USING INTEGER PRIMARY KEY (rowid=?)"
            ]
            return
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # a table of two rows
        plan = connection.exec_driver_sql(f"EXPLAIN {statement}", {"class_id_1": 1}).all()
    assert "changes_pkey" in plan[0][0] and "reports" not in str(plan)


def test_who_changes_the_same_class_waits_and_another_does_not(two: Database) -> None:
    """So the numbers of reports become visible in their order. SQLite has one writer anyway."""
    if two.engine.dialect.name == "sqlite":
        return
    with two.writing() as first, two.writing() as second:
        arrivals.keep(first, [arrival("owl")])
        arrivals.keep(second, [arrival("owl", class_id=2)])
        second.exec_driver_sql("SET LOCAL lock_timeout = '100ms'")
        with pytest.raises(sqlalchemy.exc.OperationalError, match="lock"):
            arrivals.keep(second, [arrival("cat")])
        second.rollback()


def write(place: Database, writer: int, start: threading.Barrier) -> None:
    """Batches of new learners, as a server process writes them."""
    start.wait(within(30))
    for batch in range(BATCHES):
        sent = [arrival(f"w{writer}-{batch}-{number}") for number in range(REPORTS)]
        with place.writing() as connection:
            arrivals.keep(connection, sent)


@pytest.mark.slow
def test_who_reads_on_has_missed_none(kept: Database) -> None:
    """A page that is brought up to date all the while shows what one does that is read afresh."""
    open_class(kept)
    start = threading.Barrier(WRITERS + 1)
    slots, looks = NOTHING, 0
    with ThreadPoolExecutor(WRITERS) as pool:
        writing = [pool.submit(write, kept, writer, start) for writer in range(WRITERS)]
        start.wait(within(30))
        while not all(one.done() for one in writing):
            with kept.reading() as connection:
                before, slots = slots, brought_up(connection, 1, slots)
            looks += slots.last > before.last
        for one in writing:
            one.result()
    with kept.reading() as connection:
        slots = brought_up(connection, 1, slots)
        numbers = [mark.id for mark in reading.marks(connection, 1)]
        assert slots == brought_up(connection, 1, NOTHING)
    assert len(slots.machines) == len(numbers) == WRITERS * BATCHES * REPORTS
    assert looks > 3, "nothing was read while it was written"
