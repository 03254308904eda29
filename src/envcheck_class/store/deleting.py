"""What is older than its class keeps it goes, and leaves nothing behind."""

from __future__ import annotations

from sqlalchemy import Connection, delete, exists, select, update

from envcheck_class.store import changes, classes, rosters, unreachable, whose
from envcheck_class.store.classes import Class
from envcheck_class.store.tables import CLASSES, HINTS, MACHINES, REPORTS, SESSIONS, UNREACHABLE

DAY = 86_400.0  # seconds


def overdue(connection: Connection, now: float) -> int:
    """Delete reports, records and hints that are older than their class keeps them, machines without a
    report, rosters of classes in which nothing has arrived for as long, logins that have ended, and
    old classes that are closed and empty. Returns how many reports went.
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
        _empty_roster(connection, id, before)
        if closed is not None and closed < before:
            connection.execute(delete(CLASSES).where(CLASSES.c.id == id))
    connection.execute(delete(SESSIONS).where(SESSIONS.c.ends < now))
    return gone


def _empty_roster(connection: Connection, class_id: int, before: float) -> None:
    """Names are kept no longer than what they are there for."""
    kept = (
        exists().where(table.c.class_id == class_id, table.c.received >= before)
        for table in (REPORTS, UNREACHABLE)
    )
    old = CLASSES.c.id == class_id, CLASSES.c.opened < before, CLASSES.c.roster.is_not(None)
    went = connection.execute(
        update(CLASSES).where(*old, *(~arrived for arrived in kept)).values(roster=None)
    ).rowcount
    if went:
        changes.note_gone(connection, class_id)


def alias(connection: Connection, class_id: int, alias: str) -> int:
    """Delete everything about the learner who is called so. Returns how many machines, records and
    rows of the roster there were.
    """
    changes.note_gone(connection, class_id)
    of = classes.numbered(connection, class_id)
    if of is None:
        return 0
    theirs = whose.called(connection, of, alias)
    machines = connection.execute(
        delete(MACHINES).where(
            MACHINES.c.class_id == class_id, MACHINES.c.alias.in_(theirs.aliases)
        )
    ).rowcount
    records = sum(unreachable.forget(connection, class_id, own) for own in theirs.aliases)
    return machines + records + _off_the_roster(connection, of, theirs)


def machine(connection: Connection, class_id: int, id: int) -> int:
    """Delete one machine of the class with its reports. Returns how many there were."""
    changes.note_gone(connection, class_id)
    return connection.execute(
        delete(MACHINES).where(MACHINES.c.class_id == class_id, MACHINES.c.id == id)
    ).rowcount


def other_machines(connection: Connection, class_id: int, id: int) -> int:
    """Delete all machines of its alias but this one, with their reports. Returns how many there were."""
    changes.note_gone(connection, class_id)
    own = MACHINES.c.class_id == class_id
    alias = select(MACHINES.c.alias).where(own, MACHINES.c.id == id).scalar_subquery()
    return connection.execute(
        delete(MACHINES).where(own, MACHINES.c.alias == alias, MACHINES.c.id != id)
    ).rowcount


def _off_the_roster(connection: Connection, of: Class, theirs: whose.Whose) -> int:
    if theirs.learner is None or of.roster is None:
        return 0
    left = [learner for learner in of.roster if learner != theirs.learner]
    connection.execute(
        update(CLASSES).where(CLASSES.c.id == of.id).values(roster=rosters.as_text(left))
    )
    return len(of.roster) - len(left)
