"""Whether a program does nothing: it lives, and there is no work that is done for it."""

from __future__ import annotations

import math
import time

from envcheck.processes.running import Running
from envcheck.processes.work import Work

WINDOW = 1.0  # seconds between two looks


class Idle:
    """Watches one program. A `limit` without end asks nothing."""

    def __init__(self, running: Running, limit: float) -> None:
        self._running = running
        self._limit = limit
        self._looked = time.monotonic()
        self._idle = 0.0
        self._before = Work(0.0)

    def too_long(self) -> bool:
        """Whether it has done nothing for longer than the limit, as far as can be seen."""
        now = time.monotonic()
        if math.isinf(self._limit) or now - self._looked < WINDOW:
            return False
        work, seconds = self._running.work, min(now - self._looked, 2 * WINDOW)  # clocks jump
        works = work is None or work.is_more_than(self._before, seconds)
        self._idle = 0.0 if works else self._idle + seconds
        self._looked, self._before = now, work or Work(0.0)
        return self._idle > self._limit
