"""Reports that came another way, by mail or on a stick, put to those that were sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy.exc import IntegrityError

from envcheck.classroom import sources
from envcheck.classroom.handed_in import Unreadable
from envcheck.classroom.unreachable import Content, Unreachable, read_any
from envcheck_class.checked.arriving import Checked, Refused, check
from envcheck_class.store import unreachable
from envcheck_class.store.arrivals import Arrival, keep
from envcheck_class.store.classes import Class
from envcheck_class.store.database import Database

BATCH = 100
ATTEMPTS = 5


def put(
    database: Database, to: Class, places: Sequence[str], now: float
) -> tuple[int, int, list[Unreadable]]:
    """How many reports and records in these files, folders and zips were new, and what could not be
    kept. They are read before anything is locked: a server that takes reports meanwhile waits for a batch at
    most. Raises UsageProblem.
    """
    new = 0
    refused: list[Unreadable] = []
    batch: list[Arrival] = []
    records: list[Unreachable] = []
    for place, report in _read_and_check(places, to):
        if isinstance(report, Refused):
            refused.append(Unreadable(place, report.message))
            continue
        if isinstance(report, Unreachable):
            records.append(report)
            continue
        batch.append(
            Arrival(
                to.id, report.alias, "", now, report.digest, report.ready, report.brief, report.body
            )
        )
        if len(batch) == BATCH:
            new += _kept(database, batch)
            batch = []
    new += _kept(database, batch)
    if not records:
        return new, 0, refused
    with database.writing() as connection:
        return new, unreachable.put(connection, to.id, records, now), refused


def _kept(database: Database, batch: Sequence[Arrival]) -> int:
    """How many were new. A server that keeps one of the same learner at the same moment is waited
    for.
    """
    for left in range(ATTEMPTS - 1, -1, -1):
        try:
            with database.writing() as connection:
                return sum(kept.new for kept in keep(connection, batch)) if batch else 0
        except IntegrityError:
            if not left:
                raise
    return 0


def _read_and_check(
    places: Sequence[str], to: Class
) -> Iterator[tuple[str, Checked | Refused | Unreachable]]:
    bodies: dict[str, bytes] = {}

    def noting(place: str, data: bytes) -> Content:
        bodies[place] = data
        return read_any(place, data)

    for file in sources.files(places, noting):
        place = file.content.place
        if isinstance(file.content, Unreadable):
            yield place, Refused(400, "not-a-report", file.content.reason)
        elif isinstance(file.content, Unreachable):
            yield place, file.content
        else:
            yield place, check(bodies.pop(place), to.chapter)
        bodies.clear()
