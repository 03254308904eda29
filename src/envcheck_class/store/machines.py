"""The machines of those who send, and which of their reports are there: read and made for a whole
batch at once, so that a larger one costs no further turn to the database and back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from msgspec import Struct
from sqlalchemy import BindParameter, Column, Connection, and_, bindparam, select, update

from envcheck_class.store import ready
from envcheck_class.store.ready import Ready
from envcheck_class.store.tables import CLASSES, MACHINES, REPORTS

# Of an alias. A learner has one or two; somewhere that forgets its key has another each time.
MOST_MACHINES = 50


class Sender(Struct, frozen=True):
    """Whose report it is. `key_hash` is empty for one that an instructor handed in."""

    class_id: int
    alias: str
    key_hash: str


class Machine(Struct, frozen=True):
    """A machine of an alias; those of one are numbered from 1."""

    class_id: int
    alias: str
    number: int


def _any(name: str, column: Column[Any]) -> BindParameter[Any]:
    return bindparam(name, expanding=True, type_=column.type)


# A row for each class, for each machine that its aliases have, and for each report of theirs that
# comes again. A report is looked for by its machine: by its digest alone, all would be read.
_OWN_MACHINES = and_(
    MACHINES.c.class_id == CLASSES.c.id, MACHINES.c.alias.in_(_any("aliases", MACHINES.c.alias))
)
_SAME_REPORTS = and_(
    REPORTS.c.machine_id == MACHINES.c.id, REPORTS.c.digest.in_(_any("digests", REPORTS.c.digest))
)
THERE = Ready(
    select(
        CLASSES.c.id.label("class_id"),
        CLASSES.c.closed,
        MACHINES.c.alias,
        MACHINES.c.number,
        MACHINES.c.key_hash,
        MACHINES.c.id.label("machine_id"),
        REPORTS.c.digest,
    )
    .select_from(CLASSES.outerjoin(MACHINES, _OWN_MACHINES).outerjoin(REPORTS, _SAME_REPORTS))
    .where(CLASSES.c.id.in_(_any("classes", CLASSES.c.id))),
    # `OFFSET 0` keeps each part a look-up by its index, whatever PostgreSQL believes of the tables.
    """
    SELECT classes.id, classes.closed, machine.alias, machine.number, machine.key_hash, machine.id, report.digest
    FROM unnest(%(classes)b::bigint[], %(aliases)b::varchar[], %(digests)b::bytea[]) AS asked(class_id, alias, digest)
    JOIN classes ON classes.id = asked.class_id
    LEFT JOIN LATERAL (
        SELECT id, alias, number, key_hash FROM machines
        WHERE machines.class_id = asked.class_id AND machines.alias = asked.alias OFFSET 0
    ) AS machine ON true
    LEFT JOIN LATERAL (
        SELECT digest FROM reports
        WHERE reports.machine_id = machine.id AND reports.digest = asked.digest OFFSET 0
    ) AS report ON true
    """,
)
COLUMNS = ("class_id", "alias", "number", "key_hash")
ADOPT = update(MACHINES).where(MACHINES.c.id == bindparam("adopted"))


class Machines:
    """Those of the senders of a batch. `taking` are the classes that learners may send to: they are
    asked here, where the report is written, for what a server process knows of a class is of a
    moment ago, and another one may have closed it since. `made` are those that are new, each with
    the hash of its key; `adopted` has the keys of those that had none, by their number.
    """

    def __init__(
        self, connection: Connection, senders: Collection[Sender], digests: Iterable[bytes]
    ) -> None:
        self._connection = connection
        self._of: dict[tuple[int, str], dict[str, Machine]] = {}
        self._ids: dict[Machine, int] = {}
        self.made: dict[Machine, str] = {}
        self.adopted: dict[int, str] = {}
        self._reports: set[tuple[Machine, bytes]] = set()
        self.taking: set[int] = set()
        self._read(
            {
                "classes": [sender.class_id for sender in senders],
                "aliases": [sender.alias for sender in senders],
                "digests": [*digests],
            }
        )

    def of(self, sender: Sender) -> Machine | None:
        """None where the alias can have no more."""
        own = self._of.setdefault((sender.class_id, sender.alias), {})
        if sender.key_hash in own:
            return own[sender.key_hash]
        if own and not sender.key_hash:
            return min(own.values(), key=lambda machine: machine.number)
        if "" in own:
            machine = self._adopted(own.pop(""), sender.key_hash)
        elif len(own) >= MOST_MACHINES:
            return None
        else:
            taken = [machine.number for machine in own.values()]  # some before it may be gone
            machine = Machine(sender.class_id, sender.alias, max(taken, default=0) + 1)
            self.made[machine] = sender.key_hash
        own[sender.key_hash] = machine
        return machine

    def takes(self, machine: Machine, digest: bytes) -> bool:
        """Whether a report is new there; from now on it is not."""
        before = len(self._reports)
        self._reports.add((machine, digest))
        return len(self._reports) > before

    def numbers(self) -> dict[Machine, int]:
        """Keep what is new of them, in SQLite. The number of every one in the database."""
        for id, key_hash in self.adopted.items():
            self._connection.execute(ADOPT, {"adopted": id, "key_hash": key_hash})
        if self.made:
            made = [
                (machine.class_id, machine.alias, machine.number, key_hash)
                for machine, key_hash in self.made.items()
            ]
            last = ready.put(self._connection, MACHINES, COLUMNS, made)
            numbers = range(last - len(made) + 1, last + 1)
            self._ids.update(zip(self.made, numbers, strict=True))
        return self._ids

    def _read(self, asked: dict[str, list[Any]]) -> None:
        for row in THERE.ask(self._connection, asked):
            class_id, closed, alias, number, key_hash, id, digest = row
            if closed is None:
                self.taking.add(class_id)
            if id is not None:
                machine = Machine(class_id, alias, number)
                self._of.setdefault((class_id, alias), {})[key_hash] = machine
                self._ids[machine] = id
                if digest is not None:
                    self._reports.add((machine, bytes(digest)))

    def _adopted(self, machine: Machine, key_hash: str) -> Machine:
        """The first key that comes with a report fixes a machine that came without one."""
        if machine in self.made:
            self.made[machine] = key_hash
        else:
            self.adopted[self._ids[machine]] = key_hash
        return machine
