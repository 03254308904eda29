"""What is older than its class keeps it goes, and leaves nothing behind."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from envcheck_class.store import changes, unreachable
from envcheck_class.store.tables import CLASSES, HINTS, MACHINES, REPORTS, SESSIONS, UNREACHABLE

DAY = 86_400.0  # seconds


def overdue(connection: Connection, now: float) -> int:
    """Delete reports, records and hints that are older than their class keeps them, machines without a
    report, logins that have ended, and old classes that are closed and empty. Returns how many
    reports went.
    """
    gone = 0
    for id, days, closed in connection.execute(
        select(CLASSES.c.id, CLASSES.c.keeps_days, CLASSES.c.closed).order_by(CLASSES.c.id)
    ).all():
        before = now - days * DAY
        changes.note(connection, id)
        went = connection.execute(
            delete(REPORTS).where(REPORTS.c.class_id == id, REPORTS.c.received < before)
        ).rowcount
        if went:
            changes.note_gone(connection, id)
        gone += went
        connection.execute(delete(HINTS).where(HINTS.c.class_id == id, HINTS.c.sent < before))
        old = UNREACHABLE.c.class_id == id, UNREACHABLE.c.received < before
        connection.execute(delete(UNREACHABLE).where(*old))
        with_reports = select(REPORTS.c.machine_id).where(REPORTS.c.class_id == id)
        connection.execute(
            delete(MACHINES).where(MACHINES.c.class_id == id, MACHINES.c.id.not_in(with_reports))
        )
        if closed is not None and closed < before:
            connection.execute(delete(CLASSES).where(CLASSES.c.id == id))
    connection.execute(delete(SESSIONS).where(SESSIONS.c.ends < now))
    return gone


def alias(connection: Connection, class_id: int, alias: str) -> int:
    """Delete everything about one alias. Returns how many machines and records of it there were."""
    changes.note_gone(connection, class_id)
    machines = connection.execute(
        delete(MACHINES).where(MACHINES.c.class_id == class_id, MACHINES.c.alias == alias)
    ).rowcount
    return machines + unreachable.forget(connection, class_id, alias)
