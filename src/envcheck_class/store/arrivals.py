"""Reports that arrive, many in one transaction. Nothing that is there is ever replaced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from envcheck_class.store import changes
from envcheck_class.store.tables import CLASSES, MACHINES, REPORTS

# Of an alias. A learner has one or two; somewhere that forgets its key has another each time.
MOST_MACHINES = 50


@dataclass(frozen=True)
class Arrival:
    """A report that was checked. `key_hash` is empty for one that an instructor handed in, which
    goes to the alias's first machine.
    """

    class_id: int
    alias: str
    key_hash: str
    received: float
    digest: bytes
    ready: bool
    brief: bytes
    body: bytes


@dataclass(frozen=True)
class Kept:
    """Where it is: on which machine of its alias, and whether it is new. `machine` is 0 where it is
    nowhere: NOWHERE, for its alias has too many already, or CLOSED, for its class takes no more.
    """

    machine: int
    new: bool
    closed: bool = False


NOWHERE = Kept(0, new=False)
CLOSED = Kept(0, new=False, closed=True)


@dataclass(frozen=True)
class _Machine:
    id: int
    number: int


def keep(connection: Connection, arrivals: Sequence[Arrival]) -> list[Kept]:
    """Keep all of these, in their order. Raises IntegrityError where another server process did
    the same at the same time: then nothing was kept, and it can be tried again.
    """
    for class_id in sorted({arrival.class_id for arrival in arrivals}):
        changes.note(connection, class_id)
    taking = _taking(connection, arrivals)
    machines = _Machines(connection, arrivals)
    there = {*_there(connection, arrivals)}
    kept, rows = [], []
    for arrival in arrivals:
        if arrival.key_hash and arrival.class_id not in taking:
            kept.append(CLOSED)
            continue
        machine = machines.of(arrival)
        if machine is None:
            kept.append(NOWHERE)
            continue
        new = (machine.id, arrival.digest) not in there
        there.add((machine.id, arrival.digest))
        kept.append(Kept(machine.number, new))
        if new:
            rows.append(_row(arrival, machine.id))
    if rows:
        connection.execute(insert(REPORTS), rows)
    return kept


def _taking(connection: Connection, arrivals: Sequence[Arrival]) -> set[int]:
    """The classes that learners may send to. They are asked here, where the report is written: what
    a server process knows of a class is of a moment ago, and another one may have closed it since.
    """
    ids = {arrival.class_id for arrival in arrivals}
    rows = connection.execute(
        select(CLASSES.c.id).where(CLASSES.c.id.in_(ids), CLASSES.c.closed.is_(None))
    )
    return {id for (id,) in rows}


def _there(connection: Connection, arrivals: Sequence[Arrival]) -> Iterator[tuple[int, bytes]]:
    rows = connection.execute(
        select(REPORTS.c.machine_id, REPORTS.c.digest).where(
            REPORTS.c.digest.in_([arrival.digest for arrival in arrivals])
        )
    )
    return ((machine_id, bytes(digest)) for machine_id, digest in rows)


def _row(arrival: Arrival, machine_id: int) -> dict[str, object]:
    return {
        "class_id": arrival.class_id,
        "machine_id": machine_id,
        "digest": arrival.digest,
        "received": arrival.received,
        "ready": int(arrival.ready),
        "brief": arrival.brief,
        "body": arrival.body,
    }


class _Machines:
    """The machines of the aliases in a batch; a key that is new makes one more."""

    def __init__(self, connection: Connection, arrivals: Sequence[Arrival]) -> None:
        self._connection = connection
        self._known: dict[tuple[int, str], dict[str, _Machine]] = {}
        table = MACHINES.c
        rows = connection.execute(
            select(table.class_id, table.alias, table.key_hash, table.id, table.number).where(
                table.class_id.in_({arrival.class_id for arrival in arrivals}),
                table.alias.in_({arrival.alias for arrival in arrivals}),
            )
        )
        for class_id, alias, key_hash, id, number in rows:
            self._known.setdefault((class_id, alias), {})[key_hash] = _Machine(id, number)

    def of(self, arrival: Arrival) -> _Machine | None:
        """None where the alias can have no more."""
        own = self._known.setdefault((arrival.class_id, arrival.alias), {})
        if arrival.key_hash in own:
            return own[arrival.key_hash]
        if own and not arrival.key_hash:
            return min(own.values(), key=lambda machine: machine.number)
        if len(own) >= MOST_MACHINES and "" not in own:
            return None
        own[arrival.key_hash] = made = (
            self._adopted(own.pop(""), arrival) if "" in own else self._made(arrival, len(own) + 1)
        )
        return made

    def _made(self, arrival: Arrival, number: int) -> _Machine:
        done = self._connection.execute(
            insert(MACHINES).values(
                class_id=arrival.class_id,
                alias=arrival.alias,
                number=number,
                key_hash=arrival.key_hash,
            )
        )
        key = done.inserted_primary_key
        assert key is not None
        return _Machine(key[0], number)

    def _adopted(self, machine: _Machine, arrival: Arrival) -> _Machine:
        """The first key that comes with a report fixes a machine that came without one."""
        self._connection.execute(
            update(MACHINES).where(MACHINES.c.id == machine.id).values(key_hash=arrival.key_hash)
        )
        return machine
