"""Reports of a class become visible in the order of their numbers, however many write at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.unit.class_server.made import arrival, open_class

from envcheck_class.store import arrivals, reading
from envcheck_class.store.database import Database
from envcheck_class.web.slots import NOTHING, brought_up

WRITERS, BATCHES, REPORTS = 4, 12, 5


def write(place: Database, writer: int, start: threading.Barrier) -> None:
    """Batches of new learners, as a server process writes them."""
    start.wait(30)
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
        start.wait(30)
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
