"""What has arrived meanwhile is written in one transaction: a report is answered when the commit that
holds it is on the disk. A thread waits for the disk, and for whoever else writes.
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
from envcheck_class.store.halves import Halves

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


class _Begun(NamedTuple):
    """A batch that has only to be committed, and what is then answered."""

    batch: Sequence[_Waiting]
    answers: Sequence[Kept]


class Writer:
    """`put` is called in the loop that `start` was called in."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: deque[_Waiting] = deque()
        # For the thread: a batch to commit; True where there is more; False for the end.
        self._words: queue.Queue[_Begun | bool] = queue.Queue()
        self._called = False
        self._at_work = self._ended = False  # the thread, as far as the loop knows
        dialect = database.engine.dialect.name
        self._halves = Halves(database) if dialect == "sqlite" else None
        self._share = PATIENCE.get(dialect, 0.0)
        self._patience = 0.0  # seconds
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)

    def start(self) -> None:
        """Begin to write, for the loop that runs now."""
        self._loop = asyncio.get_running_loop()
        self._thread.start()

    def stop(self) -> None:
        """Return when everything that was put is written. Called in a thread, while the loop runs."""
        self._loop.call_soon_threadsafe(self._end)
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
        if self._halves is None or self._ended:
            self._words.put(True)
        elif not self._at_work and self._waiting:
            self._at_work = True
            self._words.put(self._begin(self._halves) or True)

    def _begin(self, halves: Halves) -> _Begun | None:
        """What is waiting, but for the commit. None where it is to be written by the thread."""
        batch = self._batch()
        answers = halves.keep([waiting.arrival for waiting in batch])
        if answers is None:
            self._waiting.extendleft(reversed(batch))
            return None
        return _Begun(batch, answers)

    def _end(self) -> None:
        self._ended = True
        self._words.put(False)

    def _work(self) -> None:
        going = True
        while going:
            word = self._words.get()
            if isinstance(word, _Begun):
                self._finish(word)
            else:
                going = word
                self._write()
                self._loop.call_soon_threadsafe(self._rest)
        if self._halves is not None:
            self._halves.close()

    def _finish(self, begun: _Begun) -> None:
        """Commit it; where that fails, all of it is done again."""
        answers: Sequence[Kept | None] = begun.answers
        if self._halves is None or not self._halves.commit():
            answers = self._keep([waiting.arrival for waiting in begun.batch])
        self._loop.call_soon_threadsafe(self._rest, begun.batch, answers)

    def _rest(self, batch: Sequence[_Waiting] = (), answers: Sequence[Kept | None] = ()) -> None:
        """The thread has done these, and has nothing to do."""
        self._at_work = False
        _settle(batch, answers)
        if self._waiting:
            self._loop.call_soon(self._call)

    def _write(self) -> None:
        """All that waits, from its beginning."""
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
