"""What is overdue is deleted, every hour. A clock that jumped deletes nothing, nor does one that was wrong when
the server was started.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from envcheck_class.store import overdue
from envcheck_class.store.database import Database

EVERY = 3600.0  # seconds
FIRST = 60.0  # seconds after the start
TOLERANCE = 300.0  # seconds that a clock may be set right by


@dataclass
class Clocks:
    """The clock on the wall, beside the one that nobody sets."""

    wall: Callable[[], float] = time.time
    steady: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        self._seen = (self.wall(), self.steady())

    def now(self) -> tuple[float, bool]:
        """Seconds since 1970, and whether the clock was not set since this was asked before."""
        before, self._seen = self._seen, (self.wall(), self.steady())
        gone = [new - old for new, old in zip(self._seen, before, strict=True)]
        return self._seen[0], abs(gone[0] - gone[1]) <= TOLERANCE


async def run(database: Database) -> None:
    """Delete what is overdue, every hour, until it is cancelled."""
    clocks, wait = Clocks(), FIRST
    while True:
        await asyncio.sleep(wait)
        wait = EVERY
        now, steady = clocks.now()
        await asyncio.to_thread(overdue.clean, database, now, steady=steady)
