"""Claims: which helper is with which learner, and what solved it. One at a time."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from envcheck_class.store import changes
from envcheck_class.store.tables import CLAIMS, MACHINES


@dataclass(frozen=True)
class Claim:
    """Times are seconds since 1970. `ended` is None while the helper is on it; `solved_by` is None
    where it was given back.
    """

    machine_id: int
    helper: str
    taken: float
    ended: float | None
    solved_by: str | None


def take(connection: Connection, class_id: int, machine_id: int, helper: str, now: float) -> bool:
    """Whether this helper has it from now on; not where somebody has it, or it is not of this
    class.
    """
    changes.note(connection, class_id)
    own = select(MACHINES.c.id).where(MACHINES.c.id == machine_id, MACHINES.c.class_id == class_id)
    if connection.execute(own).first() is None:
        return False
    try:
        with connection.begin_nested():
            connection.execute(
                insert(CLAIMS).values(
                    class_id=class_id, machine_id=machine_id, helper=helper, taken=now, active=1
                )
            )
    except IntegrityError:
        return False
    return True


def end(
    connection: Connection, class_id: int, machine_id: int, now: float, solved_by: str | None
) -> bool:
    """Whether somebody had it, and is done. Whoever of the class says so: helpers go home too."""
    changes.note(connection, class_id)
    done = connection.execute(
        update(CLAIMS)
        .where(
            CLAIMS.c.class_id == class_id, CLAIMS.c.machine_id == machine_id, CLAIMS.c.active == 1
        )
        .values(active=None, ended=now, solved_by=solved_by)
    )
    return done.rowcount == 1


def of_class(connection: Connection, class_id: int) -> list[Claim]:
    """All claims of a class, the newest first."""
    table = CLAIMS.c
    rows = connection.execute(
        select(table.machine_id, table.helper, table.taken, table.ended, table.solved_by)
        .where(table.class_id == class_id)
        .order_by(table.id.desc())
    )
    return [Claim(*row) for row in rows]
