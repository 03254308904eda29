"""What is overdue is deleted: by the server while it runs, and by every command that opens the database,
for a class whose server nobody starts again keeps its promise too.
"""

from __future__ import annotations

from envcheck_class.store import clock, deleting
from envcheck_class.store.database import AWAY, Database


def clean(database: Database, now: float, *, steady: bool = True) -> None:
    """Delete what is overdue, once, if the clock is believed; where the database is away, the next
    time will do.
    """
    try:
        with database.writing() as connection:
            gone = 0
            if clock.may_delete(connection, now, steady=steady):
                gone = deleting.overdue(connection, now)
        if gone:
            database.tidy()
    except AWAY:
        return
