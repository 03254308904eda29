"""Two settings that must both be away: each breaks it alone, or only the two together help."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

Setting = TypeVar("Setting")


def two_that_work(
    candidates: Sequence[Setting], works: Callable[[Sequence[Setting]], bool | None], seconds: float
) -> tuple[Setting, ...]:
    """Two of these, all of which together make it work and none alone: the last of the shortest
    beginning that works, and the same once more before it. Empty when the time is over.
    """
    deadline = time.monotonic() + seconds
    chosen: list[Setting] = []
    rest = list(candidates)
    while len(chosen) < 2 and rest:
        fewest, most = 1, len(rest)
        while fewest < most:
            if time.monotonic() > deadline:
                return ()
            middle = (fewest + most) // 2
            if works([*rest[:middle], *chosen]):
                most = middle
            else:
                fewest = middle + 1
        chosen.append(rest[fewest - 1])
        rest = rest[: fewest - 1]
    enough = len(chosen) == 2 and time.monotonic() <= deadline and works(chosen)
    return tuple(chosen[::-1]) if enough else ()
