"""A call on a thread of its own, whose result is waited for no longer than a bound."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class BackgroundCall(Generic[T]):
    """A call made on a thread of its own; whoever does not wait for its result leaves it behind."""

    def __init__(self, call: Callable[[], T]) -> None:
        self._results: queue.Queue[T | Exception] = queue.Queue()
        threading.Thread(
            target=self._make, args=(call,), daemon=True, name="envcheck-background"
        ).start()

    def _make(self, call: Callable[[], T]) -> None:
        try:
            self._results.put(call())
        except Exception as error:  # noqa: BLE001  # raised again where it is waited for
            self._results.put(error)

    def value(self, end: float) -> T | None:
        """The result, or None when it has not come at `end`, a time of the monotonic clock.

        Raises what the call raised.
        """
        try:
            result = self._results.get(timeout=max(end - time.monotonic(), 0.01))
        except queue.Empty:
            return None
        if isinstance(result, Exception):
            raise result
        return result
