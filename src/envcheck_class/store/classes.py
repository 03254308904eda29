"""Classes: opened, found by one of their codes, closed, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from envcheck.classroom.roster import Learner
from envcheck.errors import UsageProblem, unknown
from envcheck_class import tokens
from envcheck_class.store import changes, rosters
from envcheck_class.store.tables import CLASSES, MACHINES, REPORTS

LEARNER, HELPER, INSTRUCTOR = "learner", "helper", "instructor"
ROLES = (LEARNER, HELPER, INSTRUCTOR)
COLUMNS = [
    getattr(CLASSES.c, name)
    for name in ("id", "name", "chapter", "course", "opened", "closed", "keeps_days", "roster")
]


@dataclass(frozen=True)
class Class:
    """A class. Times are seconds since 1970; `closed` is None while reports are taken; `roster` is
    None where none was given.
    """

    id: int
    name: str
    chapter: str
    course: str
    opened: float
    closed: float | None
    keeps_days: int
    roster: tuple[Learner, ...] | None


@dataclass(frozen=True)
class Opening:
    """A class that is to be opened."""

    name: str
    chapter: str
    course: str
    now: float
    keeps_days: int = 60
    roster: Sequence[Learner] | None = None


@dataclass(frozen=True)
class Codes:
    """What is shown once, when a class is opened: afterwards only hashes are known."""

    learner: str
    helper: str
    instructor: str


@dataclass(frozen=True)
class Counted:
    """A class and how much is kept of it."""

    row: Class
    machines: int
    reports: int


def open_class(connection: Connection, opening: Opening) -> Codes:
    """Keep the class and make its codes. Raises UsageProblem where one of that name is there."""
    codes = Codes(tokens.new(), tokens.new(), tokens.new())
    try:
        done = connection.execute(
            insert(CLASSES).values(
                name=opening.name,
                chapter=opening.chapter,
                course=opening.course,
                opened=opening.now,
                keeps_days=opening.keeps_days,
                roster=None if opening.roster is None else rosters.as_text(opening.roster),
                learner_hash=tokens.hashed(codes.learner),
                helper_hash=tokens.hashed(codes.helper),
                instructor_hash=tokens.hashed(codes.instructor),
            )
        )
    except IntegrityError:
        raise UsageProblem(f"there is a class {opening.name} already: take another name") from None
    key = done.inserted_primary_key
    assert key is not None
    changes.begin(connection, key[0])
    return codes


def named(connection: Connection, name: str) -> Class:
    """The class of that name. Raises UsageProblem, which names those that are there."""
    row = connection.execute(select(*COLUMNS).where(CLASSES.c.name == name)).first()
    if row is None:
        raise unknown("class", name, connection.execute(select(CLASSES.c.name)).scalars())
    return _class(row)


def numbered(connection: Connection, id: int) -> Class | None:
    """The class with this number; None where it was deleted."""
    row = connection.execute(select(*COLUMNS).where(CLASSES.c.id == id)).first()
    return None if row is None else _class(row)


def by_code(connection: Connection, code: str) -> tuple[Class, str] | None:
    """The class that a code opens, and as what; None where it opens none."""
    hashed = tokens.hashed(code)
    hashes = (CLASSES.c.learner_hash, CLASSES.c.helper_hash, CLASSES.c.instructor_hash)
    row = connection.execute(
        select(*COLUMNS, *hashes).where(or_(*(column == hashed for column in hashes)))
    ).first()
    if row is None:
        return None
    role = next(role for role in ROLES if getattr(row, f"{role}_hash") == hashed)
    return _class(row), role


def all_of(connection: Connection) -> list[Counted]:
    """Every class, the newest first, with how much is kept of it."""
    machines, reports = _counted(connection, MACHINES), _counted(connection, REPORTS)
    rows = connection.execute(select(*COLUMNS).order_by(CLASSES.c.opened.desc()))
    return [Counted(_class(row), machines.get(row.id, 0), reports.get(row.id, 0)) for row in rows]


def _counted(connection: Connection, table: Table) -> dict[int, int]:
    """How many rows each class has in a table."""
    rows = connection.execute(
        select(table.c.class_id, func.count()).group_by(table.c.class_id)
    ).all()
    return {class_id: number for class_id, number in rows}


def close(connection: Connection, id: int, now: float) -> None:
    """Take no more reports for the class; what is there stays. `now` is in seconds since 1970."""
    changes.note(connection, id)
    connection.execute(
        update(CLASSES).where(CLASSES.c.id == id, CLASSES.c.closed.is_(None)).values(closed=now)
    )


def forget(connection: Connection, id: int) -> None:
    """Delete the class and everything that belongs to it."""
    changes.note_gone(connection, id)
    connection.execute(delete(CLASSES).where(CLASSES.c.id == id))


def _class(row: Any) -> Class:  # a row of COLUMNS
    return Class(
        id=row.id,
        name=row.name,
        chapter=row.chapter,
        course=row.course,
        opened=row.opened,
        closed=row.closed,
        keeps_days=row.keeps_days,
        roster=None if row.roster is None else rosters.learners_of(row.roster),
    )
