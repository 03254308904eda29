"""Reports that arrive, many in one transaction. Nothing that is there is ever replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from envcheck_class.store import changes, ready
from envcheck_class.store.machines import Machines, Sender
from envcheck_class.store.tables import REPORTS

COLUMNS = ("class_id", "machine_id", "digest", "received", "ready", "brief", "body")


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

    @property
    def sender(self) -> Sender:
        """Whose it is."""
        return Sender(self.class_id, self.alias, self.key_hash)


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


def keep(connection: Connection, arrivals: Sequence[Arrival]) -> list[Kept]:
    """Keep all of these, in their order. Raises IntegrityError where another server process did
    the same at the same time: then nothing was kept, and it can be tried again.
    """
    for class_id in sorted({arrival.class_id for arrival in arrivals}):
        changes.note(connection, class_id)
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
    numbers = machines.numbers()
    if new:
        rows = [_row(arrival, numbers[machine]) for arrival, machine in new]
        ready.put(connection, REPORTS, COLUMNS, rows)
    return kept


def _row(arrival: Arrival, machine_id: int) -> tuple[object, ...]:
    """In the order of COLUMNS."""
    return (
        arrival.class_id,
        machine_id,
        arrival.digest,
        float(arrival.received),
        int(arrival.ready),
        arrival.brief,
        arrival.body,
    )
