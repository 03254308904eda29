"""Reports that are kept, read for a page or an export."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, case, func, select, true

from envcheck_class.store.tables import MACHINES, REPORTS


@dataclass(frozen=True)
class Newest:
    """The newest report of a machine, in brief. Times are seconds since 1970, by the server's
    clock; `stuck_since` is that of the first report after the last that was ready, None where the
    newest is. `digest` is the SHA-256 of the whole report.
    """

    machine_id: int
    alias: str
    number: int
    received: float
    stuck_since: float | None
    digest: bytes
    brief: bytes


@dataclass(frozen=True)
class Whole:
    """A report as it was sent."""

    alias: str
    machine: int
    received: float
    body: bytes


def newest(connection: Connection, class_id: int) -> list[Newest]:
    """One for each machine of the class, in the order in which they arrived."""
    last = (
        select(func.max(REPORTS.c.id).label("id"))
        .where(REPORTS.c.class_id == class_id)
        .group_by(REPORTS.c.machine_id)
        .subquery()
    )
    rows = connection.execute(
        select(
            MACHINES.c.id,
            MACHINES.c.alias,
            MACHINES.c.number,
            REPORTS.c.received,
            REPORTS.c.digest,
            REPORTS.c.brief,
        )
        .join(REPORTS, REPORTS.c.machine_id == MACHINES.c.id)
        .join(last, last.c.id == REPORTS.c.id)
        .order_by(REPORTS.c.id)
    ).all()
    since = _stuck_since(connection, class_id)
    return [
        Newest(id, alias, number, received, since.get(id), bytes(digest), bytes(brief))
        for id, alias, number, received, digest, brief in rows
    ]


def _stuck_since(connection: Connection, class_id: int) -> dict[int, float]:
    ready = REPORTS.alias("ready")
    last_ready = (
        select(func.max(ready.c.id))
        .where(ready.c.machine_id == REPORTS.c.machine_id, ready.c.ready == 1)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(REPORTS.c.machine_id, func.min(REPORTS.c.received))
        .where(REPORTS.c.class_id == class_id, REPORTS.c.id > func.coalesce(last_ready, 0))
        .group_by(REPORTS.c.machine_id)
    )
    return {machine_id: received for machine_id, received in rows}


def seconds_to_ready(connection: Connection, class_id: int) -> list[float | None]:
    """For each machine, how long from its first report to the first that was ready; None for one
    that never was.
    """
    first_ready = func.min(case((REPORTS.c.ready == 1, REPORTS.c.received)))
    rows = connection.execute(
        select(func.min(REPORTS.c.received), first_ready)
        .where(REPORTS.c.class_id == class_id)
        .group_by(REPORTS.c.machine_id)
    )
    return [None if ready is None else ready - first for first, ready in rows]


def of_machine(connection: Connection, class_id: int, machine_id: int, most: int) -> list[Whole]:
    """The newest reports of a machine, the newest first; none where it is not of this class."""
    return [*_whole(connection, class_id, REPORTS.c.machine_id == machine_id, most)]


def of_class(connection: Connection, class_id: int, alias: str | None = None) -> Iterator[Whole]:
    """Every report of a class, or of one alias in it; the newest first."""
    return _whole(
        connection, class_id, true() if alias is None else MACHINES.c.alias == alias, None
    )


def _whole(
    connection: Connection, class_id: int, where: ColumnElement[bool], most: int | None
) -> Iterator[Whole]:
    rows = connection.execution_options(yield_per=100).execute(
        select(MACHINES.c.alias, MACHINES.c.number, REPORTS.c.received, REPORTS.c.body)
        .join(MACHINES, REPORTS.c.machine_id == MACHINES.c.id)
        .where(REPORTS.c.class_id == class_id, where)
        .order_by(REPORTS.c.id.desc())
        .limit(most)
    )
    return (Whole(alias, number, received, bytes(body)) for alias, number, received, body in rows)
