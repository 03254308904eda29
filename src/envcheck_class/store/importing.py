"""Reports that came another way, by mail or on a stick, put to those that were sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from envcheck.classroom import sources
from envcheck.classroom.handed_in import Handed, Unreadable, read
from envcheck_class.checked.arriving import Checked, Refused, check
from envcheck_class.store.arrivals import Arrival, keep
from envcheck_class.store.classes import Class

BATCH = 100


def put(
    connection: Connection, to: Class, places: Sequence[str], now: float
) -> tuple[int, list[Unreadable]]:
    """How many reports in these files, folders and zips were new, and what could not be kept.
    Raises UsageProblem.
    """
    new = 0
    refused: list[Unreadable] = []
    batch: list[Arrival] = []
    for place, report in _read_and_check(places, to):
        if isinstance(report, Refused):
            refused.append(Unreadable(place, report.message))
            continue
        batch.append(
            Arrival(
                to.id, report.alias, "", now, report.digest, report.ready, report.brief, report.body
            )
        )
        if len(batch) == BATCH:
            new += sum(kept.new for kept in keep(connection, batch))
            batch = []
    if batch:
        new += sum(kept.new for kept in keep(connection, batch))
    return new, refused


def _read_and_check(places: Sequence[str], to: Class) -> Iterator[tuple[str, Checked | Refused]]:
    bodies: dict[str, bytes] = {}

    def noting(place: str, data: bytes) -> Handed | Unreadable:
        bodies[place] = data
        return read(place, data)

    for file in sources.files(places, noting):
        place = file.content.place
        if isinstance(file.content, Unreadable):
            yield place, Refused(400, "not-a-report", file.content.reason)
        else:
            yield place, check(bodies.pop(place), to.chapter)
        bodies.clear()
