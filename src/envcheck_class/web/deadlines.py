"""What must be over in time: one timer for all that is waited for, since most of it is over long
before, and a timer of its own for each costs more than what is waited for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable


class Deadlines:
    """Each has the same number of seconds. For the loop that runs when the first begins."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        # In the order in which they end, for all have the same time.
        self._waiting: dict[Hashable, tuple[float, Callable[[], None]]] = {}
        self._timer: asyncio.TimerHandle | None = None

    def begin(self, what: Hashable, give_up: Callable[[], None]) -> None:
        """`give_up` is called if it is not over in time. What has begun before begins anew."""
        loop = asyncio.get_running_loop()
        self._waiting.pop(what, None)
        self._waiting[what] = (loop.time() + self._seconds, give_up)
        if self._timer is None:
            self._timer = loop.call_later(self._seconds, self._tick, loop)

    def over(self, what: Hashable) -> None:
        """It is waited for no longer; as it may be already."""
        self._waiting.pop(what, None)

    def waits_for(self, what: Hashable) -> bool:
        """Whether it has begun and is not over."""
        return what in self._waiting

    def _tick(self, loop: asyncio.AbstractEventLoop) -> None:
        while self._waiting:
            what, (end, give_up) = next(iter(self._waiting.items()))
            if end > loop.time():
                self._timer = loop.call_at(end, self._tick, loop)
                return
            del self._waiting[what]
            give_up()
        self._timer = None
