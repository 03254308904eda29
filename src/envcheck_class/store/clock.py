"""Whether the clock on the wall may delete what is old: one that is wrong when a server starts would take
everything with it. What time it was last is kept; a clock that is more than a day ahead of that is
believed when it is so for a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from sqlalchemy import Connection, select, update

from envcheck_class.store.tables import CLOCK

DAY = 86_400.0  # seconds


@dataclass(frozen=True)
class Kept:
    """The time by which something may be deleted was `believed` last; since `doubted` the clock is further
    ahead of that than it can be.
    """

    believed: float
    doubted: float | None = None

    def after(self, now: float, *, steady: bool) -> Kept:
        """What is kept when the clock says this. `steady`: it has gone on since it was looked at before as
        it should. A clock that was set back deletes less: it is believed.
        """
        if not isfinite(now):
            return self
        if now <= self.believed + DAY:
            return Kept(now)
        if self.doubted is None or now < self.doubted or not steady:
            return Kept(self.believed, now)
        return Kept(now) if now - self.doubted >= DAY else self


def may_delete(connection: Connection, now: float, *, steady: bool = True) -> bool:
    """Whether what is older than this time allows may go; `now` is in seconds since 1970."""
    row = connection.execute(select(CLOCK.c.believed, CLOCK.c.doubted)).one()
    kept = Kept(row.believed, row.doubted).after(now, steady=steady)
    connection.execute(update(CLOCK).values(believed=kept.believed, doubted=kept.doubted))
    return steady and kept.believed == now
