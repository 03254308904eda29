"""Hints: what an instructor tells everybody whom a cause meets."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from envcheck.printable import clean
from envcheck_class.store import changes
from envcheck_class.store.tables import HINTS

LONGEST = 300  # characters
MOST = 5  # of a cause that are shown, the newest


@dataclass(frozen=True)
class Hint:
    """What was told to whom: those that a diagnosis with this code meets. `sent` is seconds since
    1970.
    """

    code: str
    text: str
    sent: float


def send(connection: Connection, class_id: int, hint: Hint) -> None:
    """Keep the hint; each learner whom it meets is told with the next report that they send."""
    changes.note(connection, class_id)
    connection.execute(
        insert(HINTS).values(
            class_id=class_id,
            code=hint.code[:128],
            text=harmless(hint.text),
            sent=hint.sent,
        )
    )


def harmless(text: str) -> str:
    """Lines of plain text, and no longer than a hint may be."""
    lines = [" ".join(line.split()) for line in clean(text.replace("\r\n", "\n")).split("\n")]
    return "\n".join(line for line in lines if line)[:LONGEST].strip()


def of_class(connection: Connection, class_id: int) -> tuple[Hint, ...]:
    """All hints of a class, the newest first."""
    rows = connection.execute(
        select(HINTS.c.code, HINTS.c.text, HINTS.c.sent)
        .where(HINTS.c.class_id == class_id)
        .order_by(HINTS.c.id.desc())
    )
    return tuple(Hint(code, text, sent) for code, text, sent in rows)
