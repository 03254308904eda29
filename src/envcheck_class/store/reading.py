"""Reports that are kept, read for a page or an export."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select, true

from envcheck_class.store.tables import MACHINES, REPORTS

AT_ONCE = 500  # rows that are fetched and held


@dataclass(frozen=True)
class Mark:
    """That a report arrived from a machine; `received` is seconds since 1970, by the server's
    clock.
    """

    id: int
    machine_id: int
    received: float
    ready: bool


@dataclass(frozen=True)
class Newest:
    """The newest report of a machine, in brief. `digest` is the SHA-256 of the whole report."""

    machine_id: int
    alias: str
    number: int
    digest: bytes
    brief: bytes


@dataclass(frozen=True)
class Whole:
    """A report as it was sent."""

    alias: str
    machine: int
    received: float
    brief: bytes
    body: bytes


def marks(connection: Connection, class_id: int, after: int = 0) -> Iterator[Mark]:
    """Every report of the class whose number is above `after`, in the order of their arrival."""
    rows = connection.execute(
        select(REPORTS.c.id, REPORTS.c.machine_id, REPORTS.c.received, REPORTS.c.ready)
        .where(REPORTS.c.class_id == class_id, REPORTS.c.id > after)
        .order_by(REPORTS.c.id),
        execution_options={"yield_per": AT_ONCE},
    )
    return (Mark(id, machine_id, received, ready == 1) for id, machine_id, received, ready in rows)


def newest(connection: Connection, class_id: int, after: int = 0) -> Iterator[Newest]:
    """One for each machine of the class that has sent one whose number is above `after`, in the
    order in which they arrived.
    """
    last = (
        select(func.max(REPORTS.c.id))
        .where(REPORTS.c.class_id == class_id, REPORTS.c.id > after)
        .group_by(REPORTS.c.machine_id)
    )
    rows = connection.execute(
        select(
            MACHINES.c.id, MACHINES.c.alias, MACHINES.c.number, REPORTS.c.digest, REPORTS.c.brief
        )
        .join(REPORTS, REPORTS.c.machine_id == MACHINES.c.id)
        .where(REPORTS.c.id.in_(last))
        .order_by(REPORTS.c.id),
        execution_options={"yield_per": AT_ONCE},
    )
    return (
        Newest(id, alias, number, bytes(digest), bytes(brief))
        for id, alias, number, digest, brief in rows
    )


def of_machine(connection: Connection, class_id: int, machine_id: int, most: int) -> list[Whole]:
    """The newest reports of a machine, the newest first; none where it is not of this class."""
    return [*_whole(connection, class_id, REPORTS.c.machine_id == machine_id, most)]


def of_class(
    connection: Connection,
    class_id: int,
    aliases: Collection[str] | None = None,
    *,
    oldest_first: bool = False,
) -> Iterator[Whole]:
    """Every report of a class, or of these aliases in it; the newest first, or the oldest."""
    theirs = true() if aliases is None else MACHINES.c.alias.in_(aliases)
    return _whole(connection, class_id, theirs, None, oldest_first=oldest_first)


def _whole(
    connection: Connection,
    class_id: int,
    where: ColumnElement[bool],
    most: int | None,
    *,
    oldest_first: bool = False,
) -> Iterator[Whole]:
    rows = connection.execute(
        select(
            MACHINES.c.alias,
            MACHINES.c.number,
            REPORTS.c.received,
            REPORTS.c.brief,
            REPORTS.c.body,
        )
        .join(MACHINES, REPORTS.c.machine_id == MACHINES.c.id)
        .where(REPORTS.c.class_id == class_id, where)
        .order_by(REPORTS.c.id if oldest_first else REPORTS.c.id.desc())
        .limit(most),
        execution_options={"yield_per": 100},
    )
    return (
        Whole(alias, number, received, bytes(brief), bytes(body))
        for alias, number, received, brief, body in rows
    )
