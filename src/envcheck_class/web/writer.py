"""One thread that writes what has arrived meanwhile in one transaction: a report is answered when
the commit that holds it is on the disk.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
import time
from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from envcheck_class.store import arrivals
from envcheck_class.store.arrivals import Arrival, Kept
from envcheck_class.store.database import Database

MOST = 256  # reports in a transaction
MOST_WAITING = 4_000
# Of the time that the last commit took, by the kind of the database: a transaction of PostgreSQL
# costs as much as ten reports do, one of SQLite next to nothing.
PATIENCE = {"postgresql": 0.5}
MOST_COMMIT = 0.1  # seconds; a disk that was stuck once keeps nobody waiting afterwards
LOOKS = 4  # at who has come, in that time
ANSWER = 5.0  # seconds for an answer of PostgreSQL; learners are then told to come again
ATTEMPTS = 5  # where another server process does the same at the same time


class Unavailable(Exception):
    """The database does not take anything now."""


class _Waiting(NamedTuple):
    arrival: Arrival
    answer: asyncio.Future[Kept]


class Writer:
    """`put` is called in the loop that `start` was called in."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: deque[_Waiting] = deque()
        self._words: queue.Queue[bool] = queue.Queue()  # there is more; it goes on
        self._called = False
        self._share = PATIENCE.get(database.engine.dialect.name, 0.0)
        self._patience = 0.0  # seconds
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)

    def start(self) -> None:
        """Begin to write, for the loop that runs now."""
        self._loop = asyncio.get_running_loop()
        self._thread.start()

    def stop(self) -> None:
        """Return when everything that was put is written."""
        self._words.put(False)
        self._thread.join()

    async def put(self, arrival: Arrival) -> Kept:
        """Where it is kept, once it is. Raises Unavailable."""
        if len(self._waiting) >= MOST_WAITING:
            raise Unavailable
        waiting = _Waiting(arrival, self._loop.create_future())
        self._waiting.append(waiting)
        if not self._called:  # once for all that arrive at the same time: they make one batch
            self._called = True
            self._loop.call_soon(self._call)
        return await waiting.answer

    def _call(self) -> None:
        self._called = False
        self._words.put(True)

    def _work(self) -> None:
        going = True
        while going:
            going = self._words.get()
            while self._waiting:
                self._gather()
                batch = self._batch()
                answers = self._keep([waiting.arrival for waiting in batch])
                self._loop.call_soon_threadsafe(_settle, batch, answers)

    def _gather(self) -> None:
        """Wait for those who come just now, as long as more and more do, and no longer than a part
        of what a commit takes: a disk that is slow is waited for once for them all.
        """
        end = time.monotonic() + self._patience
        with contextlib.suppress(queue.Empty):
            while len(self._waiting) < MOST and time.monotonic() < end:
                going = self._words.get(timeout=self._patience / LOOKS)
                if not going:
                    self._words.put(going)
                    return

    def _batch(self) -> list[_Waiting]:
        """What is waiting."""
        return [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]

    def _keep(self, batch: Sequence[Arrival]) -> Sequence[Kept | None]:
        """None for what could not be written. One that the database refuses keeps no other out."""
        for _ in range(ATTEMPTS):
            try:
                with self._database.writing(ANSWER) as connection:
                    kept = arrivals.keep(connection, batch)
                    began = time.monotonic()
                self._patience = self._share * min(MOST_COMMIT, time.monotonic() - began)
                return kept
            except IntegrityError:
                continue
            except OperationalError:
                return [None] * len(batch)
            except DBAPIError:
                break
            except Exception:  # noqa: BLE001  # a writer that is gone would keep everybody waiting
                return [None] * len(batch)
        if len(batch) == 1:
            return [None]
        return [kept for arrival in batch for kept in self._keep([arrival])]


def _settle(batch: Sequence[_Waiting], answers: Sequence[Kept | None]) -> None:
    for waiting, kept in zip(batch, answers, strict=True):
        if waiting.answer.done():
            continue  # who waited for it has gone
        if kept is None:
            waiting.answer.set_exception(Unavailable())
        else:
            waiting.answer.set_result(kept)
