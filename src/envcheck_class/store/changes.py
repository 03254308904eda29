"""How often a class has changed. Every transaction that changes what its page shows counts it up
before it adds, marks or deletes anything, so that such transactions take turns: reports of a class
become visible in the order of their numbers, and whoever has read up to one has missed none before it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from envcheck_class.store import driver
from envcheck_class.store.tables import CHANGES

ONE_MORE = "UPDATE changes SET number = number + 1 WHERE class_id = {}"  # the class's number


@dataclass(frozen=True)
class Version:
    """How a class was at one moment. `since` is another text after something was deleted; from one
    text to the next `number` counts up and things are only added.
    """

    since: str
    number: int

    def covers(self, other: Version) -> bool:
        """Whether a page of this version shows everything that one of the other does."""
        return self.since == other.since and self.number >= other.number

    def __str__(self) -> str:
        return f"{self.since}-{self.number}"


NEVER = Version("", 0)  # of a class that is not there


def begin(connection: Connection, class_id: int) -> None:
    """A class is there from now on."""
    connection.execute(insert(CHANGES).values(class_id=class_id, since=_new(), number=0))


def note(connection: Connection, class_id: int) -> None:
    """Something is added, or is marked. Waits for the others who change the class."""
    with driver.of(connection) as spoken:
        spoken.execute(ONE_MORE.format(int(class_id)))


def note_gone(connection: Connection, class_id: int) -> None:
    """Something is deleted: what somebody has read of the class before is worth nothing."""
    gone = update(CHANGES).where(CHANGES.c.class_id == class_id)
    connection.execute(gone.values(number=0, since=_new()))


def version(connection: Connection, class_id: int) -> Version:
    """Another one whenever something that a page shows has changed."""
    row = connection.execute(
        select(CHANGES.c.since, CHANGES.c.number).where(CHANGES.c.class_id == class_id)
    ).first()
    return NEVER if row is None else Version(row.since, row.number)


def _new() -> str:
    return secrets.token_hex(8)
