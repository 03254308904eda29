"""A question on a thread of its own, for an answer that is waited for no longer than a bound."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Later(Generic[T]):
    """A question that is being asked on a thread of its own; whoever does not wait for the answer leaves it behind."""

    def __init__(self, question: Callable[[], T]) -> None:
        self._answers: queue.SimpleQueue[T | Exception] = queue.SimpleQueue()
        threading.Thread(
            target=self._ask, args=(question,), daemon=True, name="envcheck-network"
        ).start()

    def _ask(self, question: Callable[[], T]) -> None:
        try:
            self._answers.put(question())
        except Exception as error:  # noqa: BLE001  # raised again where it is waited for
            self._answers.put(error)

    def value(self, end: float) -> T | None:
        """The answer, or None when it has not come at `end`, a time of the monotonic clock. Raises what the question raised."""
        try:
            answer = self._answers.get(timeout=max(end - time.monotonic(), 0.01))
        except queue.Empty:
            return None
        if isinstance(answer, Exception):
            raise answer
        return answer
