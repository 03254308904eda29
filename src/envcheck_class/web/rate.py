"""How much a class may send. By class and never by address: a whole classroom has one address."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

PIECE = 16_384  # bytes of a report that count as one


@dataclass
class _Bucket:
    left: float
    at: float


class Rates:
    """`a_second` reports of usual size may come in the long run, `at_once` when class begins."""

    def __init__(
        self, a_second: float, at_once: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._a_second, self._at_once, self._clock = a_second, at_once, clock
        self._buckets: dict[int, _Bucket] = {}

    def wait(self, class_id: int, size: int) -> float:
        """Count a report of so many bytes. Returns the seconds after which it may be sent again;
        0 where it may be now.
        """
        now, cost = self._clock(), 1 + size // PIECE
        bucket = self._buckets.setdefault(class_id, _Bucket(self._at_once, now))
        bucket.left = min(self._at_once, bucket.left + (now - bucket.at) * self._a_second)
        bucket.at = now
        if bucket.left < cost:
            return (cost - bucket.left) / self._a_second
        bucket.left -= cost
        return 0.0
