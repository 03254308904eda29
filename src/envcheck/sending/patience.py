"""How long is waited: for one answer, and for all tries together. A server that says a byte a minute
is left alone as one that says nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, Queue
from typing import Any, TypeVar

from envcheck.sending.trouble import Trouble

T = TypeVar("T")


@dataclass(frozen=True)
class Bounds:
    """Seconds: for a connection, for one answer from the first byte to the last, for all tries
    together, and the first pause between two of them, which doubles.
    """

    connect: float = 5.0
    answer: float = 12.0
    whole: float = 30.0
    pause: float = 1.0


def within(seconds: float, work: Callable[[], T]) -> T:
    """What the work gives, or its exception. Raises TimeoutError when it takes longer; it is then
    left behind.
    """
    done: Queue[tuple[Any, BaseException | None]] = Queue()

    def run() -> None:
        try:
            done.put((work(), None))
        except BaseException as error:  # noqa: BLE001  # it belongs to who asked
            done.put((None, error))

    threading.Thread(target=run, daemon=True).start()
    try:
        value, error = done.get(timeout=max(seconds, 0.01))
    except Empty:
        raise TimeoutError from None
    if error is not None:
        raise error
    result: T = value
    return result


def patiently(bounds: Bounds, attempt: Callable[[float], T], waiting: Callable[[str], None]) -> T:
    """Try again while it may help and the time lasts. `attempt` is given the seconds that it has,
    `waiting` what to tell the person meanwhile. Raises the last Trouble.
    """
    end, pause = time.monotonic() + bounds.whole, bounds.pause
    while True:
        try:
            return attempt(min(bounds.answer, end - time.monotonic()))
        except Trouble as trouble:
            seconds = max(trouble.wait, pause)
            if not trouble.again or time.monotonic() + seconds + bounds.pause > end:
                raise
            waiting(f"{trouble.fact}; trying again in {seconds:.0f} s")
        threading.Event().wait(seconds)
        pause *= 2
