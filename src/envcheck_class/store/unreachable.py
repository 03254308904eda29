"""Machines of a lab room that were asked and gave no report: the newest record of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone

from sqlalchemy import Connection, delete, insert, select

from envcheck.classroom.unreachable import Unreachable
from envcheck_class.store import changes
from envcheck_class.store.tables import UNREACHABLE


@dataclass(frozen=True)
class Kept:
    """A record, and when it came, in seconds since 1970 by the server's clock."""

    record: Unreachable
    received: float


def put(connection: Connection, class_id: int, records: Sequence[Unreachable], now: float) -> int:
    """Keep these in place of older ones about the same machines. Returns how many were new."""
    changes.note(connection, class_id)
    before = {kept.record.alias: kept.record.at for kept in of_class(connection, class_id)}
    new = 0
    for record in records:
        if record.alias in before and before[record.alias] >= record.at:
            continue
        forget(connection, class_id, record.alias)
        connection.execute(
            insert(UNREACHABLE).values(
                class_id=class_id,
                alias=record.alias,
                asked=record.at.timestamp(),
                reason=record.reason,
                received=now,
            )
        )
        before[record.alias] = record.at
        new += 1
    return new


def of_class(connection: Connection, class_id: int) -> list[Kept]:
    """All of a class, by their names."""
    table = UNREACHABLE.c
    rows = connection.execute(
        select(table.alias, table.asked, table.reason, table.received)
        .where(table.class_id == class_id)
        .order_by(table.alias)
    )
    return [
        Kept(Unreachable("", alias, datetime.fromtimestamp(asked, timezone.utc), reason), received)
        for alias, asked, reason, received in rows
    ]


def forget(connection: Connection, class_id: int, alias: str) -> int:
    """Delete what is kept of one machine. Returns how many records of it there were."""
    of_alias = UNREACHABLE.c.class_id == class_id, UNREACHABLE.c.alias == alias
    return connection.execute(delete(UNREACHABLE).where(*of_alias)).rowcount
