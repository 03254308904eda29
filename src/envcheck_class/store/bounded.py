"""A connection to PostgreSQL that waits for an answer only so long: a server that is frozen, or a
network that swallows what is sent, says nothing at all, and its driver would wait for ever.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Any

import psycopg

WAIT = 5.0  # seconds for the small questions that a connection begins with


class Bounded(psycopg.Connection[Any]):
    """psycopg's connection. `longest` is how many seconds it waits for each answer; then it is
    closed, and OperationalError is raised.
    """

    longest = WAIT

    def wait(self, gen: Generator[Any, Any, Any], *given: Any, **named: Any) -> Any:
        """As psycopg's, which asks the generator ten times a second whether it goes on."""
        return super().wait(self._until(gen, time.monotonic() + self.longest), *given, **named)

    def _until(self, gen: Generator[Any, Any, Any], end: float) -> Generator[Any, Any, Any]:
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if not ready and time.monotonic() > end:
                    gen.close()
                    self.pgconn.finish()
                    raise psycopg.OperationalError("the server does not answer")
                wanted = gen.send(ready)
        except StopIteration as stop:
            return stop.value


def connect(_dialect: Any, _record: Any, given: Any, named: dict[str, Any]) -> Bounded:
    """For SQLAlchemy's event of that name."""
    return Bounded.connect(*given, **named)
