"""Some visits at a time, and what all of them together say."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from queue import Empty, Queue

from envcheck.classroom.standing import State
from envcheck.hub.visit import Visit
from envcheck.run.report import NOT_READY, READY, UNDETERMINED

PATIENCE = 90.0  # seconds in which what was started is stopped
TICK = 0.2
CAME_OFF = (State.READY, State.WARNED, State.PARTIAL)  # all that was asked for works
PARTS = (50, 90, 100)  # of a hundred


class Rounds(Iterator[Visit]):
    """The visits as they end, never more than `jobs` at a time. After `halt` is set none begins, and
    those that have begun end soon. A Ctrl-C while one is waited for loses none.
    """

    def __init__(
        self,
        users: Sequence[str],
        jobs: int,
        visit: Callable[[str], Visit],
        halt: threading.Event,
    ) -> None:
        self._halt, self._visit, self._end = halt, visit, math.inf
        self._left: Queue[str] = Queue()
        self._done: Queue[Visit | None] = Queue()
        for user in users:
            self._left.put(user)
        self._workers = min(jobs, len(users))
        for _ in range(self._workers):
            threading.Thread(target=self._work, daemon=True, name="hub").start()

    def __next__(self) -> Visit:
        while self._workers and time.monotonic() < self._end:
            try:
                ended = self._done.get(timeout=TICK)
            except Empty:
                if self._halt.is_set() and self._end == math.inf:
                    self._end = time.monotonic() + PATIENCE
                continue
            if ended is not None:
                return ended
            self._workers -= 1
        raise StopIteration

    def _work(self) -> None:
        while not self._halt.is_set():
            try:
                user = self._left.get_nowait()
            except Empty:
                break
            self._done.put(self._visit(user))
        self._done.put(None)


def exit_code(visits: Sequence[Visit]) -> int:
    """1 where somebody is not ready, 3 where nobody is but something could not be told."""
    states = {visit.state for visit in visits}
    if State.STUCK in states:
        return NOT_READY
    return READY if states and states.issubset(CAME_OFF) else UNDETERMINED


def percentiles(visits: Sequence[Visit]) -> dict[int, float]:
    """In how many seconds half, nine of ten and all servers were ready that were started; empty
    where none was.
    """
    seconds = sorted(visit.ready for visit in visits if visit.ready is not None)
    if not seconds:
        return {}
    return {part: seconds[math.ceil(len(seconds) * part / 100) - 1] for part in PARTS}
