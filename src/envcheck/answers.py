"""What has been found out in a run, by name: the first who asks finds it, the others wait."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any


class Answers:
    """The answers of one run. All threads of the run share them."""

    def __init__(self) -> None:
        self._answers: dict[str, _Answer] = {}
        self._waits: dict[int, _Answer] = {}
        self._lock = threading.Lock()
        self._asking = threading.local()

    def preload(self, name: str, value: object) -> None:
        """Answer without looking."""
        self._answers[name] = _Answer(value=value, done=True)

    def value_if_found(self, name: str) -> object | None:
        """The value if it has been found already, else None."""
        answer = self._answers.get(name)
        return answer.value if answer is not None and answer.done else None

    def look_up(self, name: str, find: Callable[[], object]) -> object:
        """The value. What `find` raised is raised to all who ask; RecursionError where it asks for
        itself.
        """
        with self._lock:
            answer = self._answers.setdefault(name, _Answer())
        stack = self._asking.__dict__.setdefault("names", [])
        with self._waiting(answer, name, stack), answer.held():
            if not answer.done:
                stack.append(name)
                answer.finder = threading.get_ident()
                try:
                    answer.value = find()
                except BaseException as error:  # noqa: BLE001  # kept, SystemExit too, and raised to everybody who asks
                    answer.error = error
                finally:
                    stack.pop()
                    answer.done = True
        if answer.error is not None:
            raise answer.error
        return answer.value

    @contextlib.contextmanager
    def _waiting(self, answer: _Answer, name: str, stack: Sequence[str]) -> Iterator[None]:
        """Refuse to wait in a circle, within one thread or through several: each waits for the
        finder of the next.
        """
        me = threading.get_ident()
        with self._lock:
            finder, seen = None if answer.done else answer.finder, set()
            while finder is not None and finder != me and finder not in seen:
                seen.add(finder)
                awaited = self._waits.get(finder)
                finder = awaited.finder if awaited is not None and not awaited.done else None
            if finder == me:
                raise RecursionError(
                    f"the fact {name} asks for itself: {' -> '.join([*stack, name])}"
                )
            before, self._waits[me] = self._waits.get(me), answer
        try:
            yield
        finally:
            with self._lock:
                if before is None:
                    del self._waits[me]
                else:
                    self._waits[me] = before


class _Answer:
    def __init__(self, value: object = None, done: bool = False) -> None:
        self.lock = threading.Lock()
        self.value: Any = value
        self.done = done
        self.error: BaseException | None = None
        self.finder: int | None = None

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Waited for a moment at a time: a signal that comes just before a wait does not end it."""
        while not self.lock.acquire(timeout=0.25):
            pass
        try:
            yield
        finally:
            self.lock.release()
