"""What a server process has at hand: the database, and for a moment what it read there."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import anyio.to_thread
from sqlalchemy import Connection

from envcheck_class import tokens
from envcheck_class.store import classes, hints
from envcheck_class.store.classes import Class
from envcheck_class.store.database import Database
from envcheck_class.store.hints import Hint
from envcheck_class.web.rate import Rates
from envcheck_class.web.writer import Writer

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


class Desk:
    """`address` is how people reach the server; empty where each request says so itself."""

    def __init__(self, database: Database, limits: Limits, address: str) -> None:
        self.database, self.limits, self.address = database, limits, address
        self.writer = Writer(database)
        self.rates = Rates(limits.a_second, limits.at_once)
        self._read: dict[str, _Read] = {}

    async def reading(self, ask: Callable[[Connection], V]) -> V:
        """What the database answers."""

        def work() -> V:
            with self.database.reading() as connection:
                return ask(connection)

        return await anyio.to_thread.run_sync(work)

    async def writing(self, ask: Callable[[Connection], V]) -> V:
        """What the database answers, once it is kept."""

        def work() -> V:
            with self.database.writing() as connection:
                return ask(connection)

        return await anyio.to_thread.run_sync(work)

    async def joined(self, code: str) -> tuple[Class, tuple[Hint, ...]] | None:
        """The class that a learner's code opens, with the hints that were sent to it; None where
        it opens none.
        """
        code = tokens.plain(code)
        if not code:
            return None
        known = self._read.get(code)
        if known is None or time.monotonic() - known.at > FRESH:
            known = await self.reading(lambda connection: _look_up(connection, code))
            if known is None:
                self._read.pop(code, None)
                return None
            self._read[code] = known
        return known.of, known.hints


def _look_up(connection: Connection, code: str) -> _Read | None:
    found = classes.by_code(connection, code)
    if found is None or found[1] != classes.LEARNER:
        return None
    return _Read(time.monotonic(), found[0], hints.of_class(connection, found[0].id))
