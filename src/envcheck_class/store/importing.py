"""Reports that came another way, by mail or on a stick, put to those that were sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Imported:
    """How many reports and records were new, how many of both could be `read`, and what could not be
    kept.
    """

    new: int
    records: int
    read: int
    refused: Sequence[Unreadable]


def put(database: Database, to: Class, places: Sequence[str], now: float) -> Imported:
    """Keep the reports and records in these files, folders and zips. They are read before anything is locked: a server that takes reports meanwhile waits for a batch at
    most. Raises UsageProblem.
    """
    new = read = 0
    refused: list[Unreadable] = []
    batch: list[Arrival] = []
    records: list[Unreachable] = []
    for place, report in _read_and_check(places, to):
        if isinstance(report, Refused):
            refused.append(Unreadable(place, report.message))
            continue
        read += 1
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
        return Imported(new, 0, read, refused)
    with database.writing() as connection:
        told = unreachable.put(connection, to.id, records, now)
    return Imported(new, told, read, refused)


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
