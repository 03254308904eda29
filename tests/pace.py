"""How slow this machine is just now, for tests that tell "ended early" from "waited for its limit".

Such a test says how long it may take where nothing else runs on an ordinary computer. Here two
processors are shared by all workers, and on some machines each is half as fast.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

ROUNDS = 100_000
ORDINARY_SECONDS = 0.005  # for that many, on a processor of 2023 that is free
SHARED = 2.0  # at least, beside other workers: one may begin while the limit runs
SLOWEST = 6.0  # what waits for its limit takes ten times as long, and more


def within(seconds: float) -> float:
    """The limit, in seconds, for what takes less than `seconds` on an ordinary computer that is
    free: longer by as much as this one is slower, by its own doing or by its load, now or in the last
    minute: what is compared may have ended when the load did.
    """
    begun = time.perf_counter()
    total = 0
    for number in range(ROUNDS):
        total += number
    taken = time.perf_counter() - begun
    least = SHARED if "PYTEST_XDIST_WORKER" in os.environ else 1.0
    return seconds * min(max(least, taken / ORDINARY_SECONDS, _waiting()), SLOWEST)


def _waiting() -> float:
    """How many programs wanted each processor in the last minute; none where that is not counted."""
    if sys.platform == "win32":
        return 0.0
    return os.getloadavg()[0] / (os.cpu_count() or 1)


def wait_for(what: str, seconds: float, happens: Callable[[], object]) -> None:
    """Until it happens; `seconds` as above. Raises AssertionError with `what` was waited for."""
    end = time.monotonic() + within(seconds)
    while not happens():
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.1)
