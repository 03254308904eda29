"""What a batch adds, said to PostgreSQL in one turn. Others who change the class wait from the first
word of it until it is kept: nothing is asked, waited for and worked out in between.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from envcheck_class.store import changes, driver

TAKING = "SELECT id FROM classes WHERE id = ANY(%(classes)b) AND closed IS NULL"
MACHINES = """
    INSERT INTO machines (class_id, alias, number, key_hash)
    SELECT * FROM unnest(%(class_id)b::bigint[], %(alias)b::varchar[], %(number)b::integer[], %(key_hash)b::varchar[])
"""
ADOPTED = """
    UPDATE machines SET key_hash = given.key_hash
    FROM unnest(%(id)b::bigint[], %(key_hash)b::varchar[]) AS given(id, key_hash)
    WHERE machines.id = given.id AND machines.key_hash = ''
"""
# `OFFSET 0` keeps it a look-up by the index, whatever PostgreSQL believes of the table.
REPORTS = """
    INSERT INTO reports (class_id, machine_id, digest, received, ready, brief, body)
    SELECT given.class_id, machine.id, given.digest, given.received, given.ready, given.brief, given.body
    FROM unnest(
        %(class_id)b::bigint[], %(alias)b::varchar[], %(number)b::integer[], %(digest)b::bytea[],
        %(received)b::double precision[], %(ready)b::integer[], %(brief)b::bytea[], %(body)b::bytea[]
    ) AS given(class_id, alias, number, digest, received, ready, brief, body)
    CROSS JOIN LATERAL (
        SELECT id FROM machines
        WHERE machines.class_id = given.class_id AND machines.alias = given.alias
            AND machines.number = given.number OFFSET 0
    ) AS machine
"""
OF_MACHINES = ("class_id", "alias", "number", "key_hash")
OF_ADOPTED = ("id", "key_hash")
OF_REPORTS = ("class_id", "alias", "number", "digest", "received", "ready", "brief", "body")
Row = tuple[Any, ...]


class Overtaken(Exception):
    """What was looked up is so no more."""


def add(
    connection: Connection,
    taking: Collection[int],
    classes: Iterable[int],
    *,
    machines: Sequence[Row],
    adopted: Sequence[Row],
    reports: Sequence[Row],
) -> None:
    """Add rows as OF_MACHINES, OF_ADOPTED and OF_REPORTS name their values, to these classes.
    `taking` are those that took reports when they were looked up. Raises IntegrityError where
    another server process has changed meanwhile what was looked up: nothing may be kept then.
    """
    noted = sorted(classes)
    with driver.of(connection) as spoken:
        with spoken.pipeline():
            for class_id in noted:  # always in this order, so that no two wait for each other
                spoken.execute(changes.ONE_MORE.format(int(class_id)))
            still = spoken.execute(TAKING, {"classes": noted})
            if machines:
                spoken.execute(MACHINES, lists(OF_MACHINES, machines))
            told = spoken.execute(ADOPTED, lists(OF_ADOPTED, adopted)) if adopted else None
            added = spoken.execute(REPORTS, lists(OF_REPORTS, reports)) if reports else None
        as_looked_up = (
            {id for (id,) in still} == {*taking}
            and (told is None or told.rowcount == len(adopted))
            and (added is None or added.rowcount == len(reports))
        )
    if not as_looked_up:
        raise IntegrityError(None, None, Overtaken())


def lists(names: Sequence[str], rows: Sequence[Row]) -> dict[str, list[Any]]:
    """The values of each name, as PostgreSQL takes them: one plan for any number of rows."""
    return {name: [*values] for name, values in zip(names, zip(*rows, strict=True), strict=True)}
