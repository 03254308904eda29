"""Whether a program does nothing: it lives, and the processor does no work for it."""

from __future__ import annotations

import math
import time

from envcheck.processes.running import Running

WINDOW = 1.0  # seconds between two looks
WORK = 0.02  # of a processor: a program that waits for ever looks around now and then


class Idle:
    """Watches one program. A `limit` without end asks nothing."""

    def __init__(self, running: Running, limit: float) -> None:
        self._running = running
        self._limit = limit
        self._looked = self._worked = time.monotonic()
        self._used = 0.0

    def too_long(self) -> bool:
        """Whether it has done nothing for longer than the limit, as far as can be seen."""
        now = time.monotonic()
        if math.isinf(self._limit) or now - self._looked < WINDOW:
            return False
        used = self._running.processor_seconds
        if used is None or used - self._used > WORK * (now - self._looked):
            self._worked = now
        self._looked, self._used = now, used or 0.0
        return now - self._worked > self._limit
