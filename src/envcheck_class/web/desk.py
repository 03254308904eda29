"""What a server process has at hand: the database, and for a moment what it read there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import anyio.to_thread
from sqlalchemy import Connection

from envcheck.classroom.message import Catalogue
from envcheck_class import tokens
from envcheck_class.store import changes, classes, hints
from envcheck_class.store.changes import Version
from envcheck_class.store.classes import Class
from envcheck_class.store.database import Database
from envcheck_class.store.hints import Hint
from envcheck_class.web.looks import Looks
from envcheck_class.web.rate import Rates
from envcheck_class.web.writer import Writer

ANSWER = 10.0  # seconds for an answer of PostgreSQL; who asked is then told to come again
FRESH = 1.0  # seconds for which a class and its hints are not read again
V = TypeVar("V")


@dataclass(frozen=True)
class Limits:
    """Reports of usual size that a class may send, a second and at once; seconds for a body."""

    a_second: float = 50.0
    at_once: float = 1000.0
    body: float = 10.0


@dataclass(frozen=True)
class _Read:
    at: float
    of: Class
    hints: tuple[Hint, ...]


@dataclass(frozen=True)
class Front:
    """How the server is seen: `address` is how people reach it, empty where each request says so
    itself; `secure`: by https; `proxied`: by a proxy, which says under which name.
    """

    address: str = ""
    secure: bool = False
    proxied: bool = False


class Desk:
    """`catalogue` knows what the codes of diagnoses mean."""

    def __init__(
        self, database: Database, limits: Limits, front: Front, catalogue: Catalogue
    ) -> None:
        self.database, self.limits, self.front, self.catalogue = database, limits, front, catalogue
        self.writer = Writer(database)
        self.rates = Rates(limits.a_second, limits.at_once)
        self.looks = Looks(catalogue)
        self._read: dict[str, _Read] = {}
        self._reading: dict[str, asyncio.Future[_Read | None]] = {}
        self._versions: dict[int, tuple[float, Version]] = {}

    async def reading(self, ask: Callable[[Connection], V]) -> V:
        """What `ask` gives of a connection that reads, in a thread of its own."""

        def work() -> V:
            with self.database.reading(ANSWER) as connection:
                return ask(connection)

        return await anyio.to_thread.run_sync(work)

    async def writing(self, ask: Callable[[Connection], V]) -> V:
        """What `ask` gives of a connection that writes, once it is kept."""

        def work() -> V:
            with self.database.writing(ANSWER) as connection:
                return ask(connection)

        return await anyio.to_thread.run_sync(work)

    async def version(self, class_id: int, fresh: float = 0.0) -> Version:
        """How the class is now; read at most `fresh` seconds ago."""
        kept = self._versions.get(class_id)
        if kept is None or time.monotonic() - kept[0] > fresh:
            at = time.monotonic()
            read = await self.reading(lambda connection: changes.version(connection, class_id))
            self._versions[class_id] = kept = (at, read)
        return kept[1]

    async def joined(self, code: str) -> tuple[Class, tuple[Hint, ...]] | None:
        """The class that a learner's code opens, with the hints that were sent to it; None where
        it opens none.
        """
        code = tokens.plain(code)
        if not code:
            return None
        opened = self._read.get(code)
        if opened is None or time.monotonic() - opened.at > FRESH:
            opened = await self._looked_up(code)
        return None if opened is None else (opened.of, opened.hints)

    async def _looked_up(self, code: str) -> _Read | None:
        """What the code opens now: asked once for all who want to know meanwhile, for a class that
        sends at once would ask in as many threads as it has learners.
        """
        asked = self._reading.get(code)
        if asked is None:
            work = self.reading(lambda connection: _look_up(connection, code))
            asked = self._reading[code] = asyncio.ensure_future(work)
            asked.add_done_callback(lambda done: self._take_over(code, done))
        return await asyncio.shield(asked)

    def _take_over(self, code: str, done: asyncio.Future[_Read | None]) -> None:
        del self._reading[code]
        self._read.pop(code, None)
        opened = None if done.cancelled() or done.exception() else done.result()
        if opened is not None:
            self._read[code] = opened


def _look_up(connection: Connection, code: str) -> _Read | None:
    opened = classes.by_code(connection, code)
    if opened is None or opened[1] != classes.LEARNER:
        return None
    return _Read(time.monotonic(), opened[0], hints.of_class(connection, opened[0].id))
