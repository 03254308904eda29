"""A batch for SQLite in two halves: its statements, which take microseconds, and its commit, which
waits for a disk. A thread that does both waits for Python's lock a dozen times, each time behind the
loop that takes the reports; so the loop says the statements itself, and the thread commits.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from sqlalchemy import Connection, RootTransaction

from envcheck_class.store import arrivals, driver
from envcheck_class.store.arrivals import Arrival, Kept
from envcheck_class.store.database import Database

QUICK = 1_000_000  # bytes of a batch: more could be written to the disk before its commit


class Halves:
    """A connection of its own, which waits for nobody. Used by one thread at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None
        self._begun: RootTransaction | None = None

    def keep(self, batch: Sequence[Arrival]) -> Sequence[Kept] | None:
        """What `arrivals.keep` says of these, which `commit` then keeps. None where that cannot be
        said at once, as while somebody else writes: then nothing has begun.
        """
        if sum(len(arrival.body) for arrival in batch) > QUICK:
            return None
        try:
            connection = self._connection or self._connected()
            self._begun = connection.begin()
            return arrivals.keep(connection, batch)
        except Exception:  # noqa: BLE001  # who waits for an answer says what it is
            self._undo()
            return None

    def commit(self) -> bool:
        """Whether what was begun is on the disk now."""
        begun, self._begun = self._begun, None
        try:
            if begun is not None:
                begun.commit()
        except Exception:  # noqa: BLE001  # it is done again, by who waits and says what it is
            self.close()
            return False
        return begun is not None

    def close(self) -> None:
        """Give the connection back; what was begun is undone."""
        connection, self._connection, self._begun = self._connection, None, None
        if connection is not None:
            with contextlib.suppress(Exception):
                connection.invalidate()
            connection.close()

    def _undo(self) -> None:
        begun, self._begun = self._begun, None
        try:
            if begun is not None:
                begun.rollback()
        except Exception:  # noqa: BLE001  # a connection that cannot even undo is given up
            self.close()

    def _connected(self) -> Connection:
        connection = self._database.engine.connect()
        connection.info["begin"] = "BEGIN IMMEDIATE"
        with driver.of(connection) as spoken:
            spoken.execute("PRAGMA busy_timeout=0")
        self._connection = connection
        return connection
