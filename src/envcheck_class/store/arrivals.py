"""Reports that arrive, many in one transaction. Nothing that is there is ever replaced."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import Connection

from envcheck_class.store import at_once, changes, ready
from envcheck_class.store.machines import Machine, Machines, Sender
from envcheck_class.store.tables import REPORTS

COLUMNS = ("class_id", "machine_id", "digest", "received", "ready", "brief", "body")


class Arrival(Struct, frozen=True):
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

    @property
    def sender(self) -> Sender:
        """Whose it is."""
        return Sender(self.class_id, self.alias, self.key_hash)


class Kept(Struct, frozen=True):
    """Where it is: on which machine of its alias, and whether it is new. `machine` is 0 where it is
    nowhere: NOWHERE, for its alias has too many already, or CLOSED, for its class takes no more.
    """

    machine: int
    new: bool
    closed: bool = False


NOWHERE = Kept(0, new=False)
CLOSED = Kept(0, new=False, closed=True)


def keep(connection: Connection, arrivals: Sequence[Arrival]) -> list[Kept]:
    """Keep all of these, in their order. Raises IntegrityError where another server process did
    the same at the same time: then nothing was kept, and it can be tried again.
    """
    machines = Machines(
        connection,
        [arrival.sender for arrival in arrivals],
        [arrival.digest for arrival in arrivals],
    )
    kept, new = [], []
    for arrival in arrivals:
        if arrival.key_hash and arrival.class_id not in machines.taking:
            kept.append(CLOSED)
            continue
        machine = machines.of(arrival.sender)
        if machine is None:
            kept.append(NOWHERE)
            continue
        is_new = machines.takes(machine, arrival.digest)
        kept.append(Kept(machine.number, is_new))
        if is_new:
            new.append((arrival, machine))
    if new or machines.adopted:
        _add(connection, machines, new, {arrival.class_id for arrival in arrivals})
    return kept


def _add(
    connection: Connection,
    machines: Machines,
    new: Sequence[tuple[Arrival, Machine]],
    classes: set[int],
) -> None:
    if connection.dialect.name == "postgresql":
        at_once.add(
            connection,
            machines.taking,
            classes,
            machines=[
                (machine.class_id, machine.alias, machine.number, key_hash)
                for machine, key_hash in machines.made.items()
            ],
            adopted=[*machines.adopted.items()],
            reports=[
                (machine.class_id, machine.alias, machine.number, *_told(arrival))
                for arrival, machine in new
            ],
        )
        return
    for class_id in sorted(classes):
        changes.note(connection, class_id)
    numbers = machines.numbers()
    rows = [(arrival.class_id, numbers[machine], *_told(arrival)) for arrival, machine in new]
    ready.put(connection, REPORTS, COLUMNS, rows)


def _told(arrival: Arrival) -> tuple[object, ...]:
    """What is kept of it besides whose it is, in the order of COLUMNS."""
    return (
        arrival.digest,
        float(arrival.received),
        int(arrival.ready),
        arrival.brief,
        arrival.body,
    )
