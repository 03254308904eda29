"""How slow this machine is just now, for tests that tell "ended early" from "waited for its limit".

Such a test says how long it may take where nothing else runs on an ordinary computer. Here two
processors are shared by all workers, and on some machines each is half as fast.
"""

from __future__ import annotations

import time

ROUNDS = 400_000
ORDINARY_SECONDS = 0.02  # for that many, on a processor of 2023 that is free
SLOWEST = 6.0  # what waits for its limit takes ten times as long, and more


def within(seconds: float) -> float:
    """The limit, in seconds, for what takes less than `seconds` on an ordinary computer that is
    free: longer by as much as this one is slower now, by its own doing or by its load.
    """
    begun = time.perf_counter()
    total = 0
    for number in range(ROUNDS):
        total += number
    taken = time.perf_counter() - begun
    return seconds * min(max(1.0, taken / ORDINARY_SECONDS), SLOWEST)
