"""What a server process keeps of a class to show it: a little for each machine. A report that comes
costs one small query, and is the only one that is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from envcheck.classroom.handed_in import Handed, receipt_of
from envcheck_class.checked.told import told
from envcheck_class.store import changes, reading
from envcheck_class.store.changes import NEVER, Version
from envcheck_class.store.reading import Mark, Newest


@dataclass(frozen=True, slots=True)
class Times:
    """When a machine's reports arrived, in seconds since 1970 by the server's clock: the newest,
    the first, and the first that was ready. `stuck_since` is that of the first after the last that
    was ready, None where the newest is.
    """

    newest: float
    first: float
    first_ready: float | None
    stuck_since: float | None

    @property
    def waits_since(self) -> float:
        return self.newest if self.stuck_since is None else self.stuck_since

    @property
    def to_ready(self) -> float | None:
        """Seconds from the first report to the first that was ready; None where none was."""
        return None if self.first_ready is None else self.first_ready - self.first


@dataclass(frozen=True, slots=True)
class Slot:
    """A machine."""

    newest: Handed
    times: Times


@dataclass(frozen=True)
class Slots:
    """A class at a version, up to the report with the number `last`. The machines are in the order
    in which their newest reports arrived.
    """

    version: Version
    last: int
    machines: Mapping[int, Slot]


NOTHING = Slots(NEVER, 0, {})


def brought_up(connection: Connection, class_id: int, slots: Slots) -> Slots:
    """The class as it is now. Only what came after `slots` is read, where nothing was deleted
    since.
    """
    version = changes.version(connection, class_id)
    if version.since != slots.version.since:
        slots = NOTHING
    if version == slots.version:
        return slots
    last, machines = slots.last, dict(slots.machines)
    times: dict[int, Times] = {}
    for mark in reading.marks(connection, class_id, slots.last):
        last, before = mark.id, machines.get(mark.machine_id)
        earlier = times.get(mark.machine_id) or (before.times if before else None)
        times[mark.machine_id] = _after(earlier, mark)
    for row in reading.newest(connection, class_id, slots.last) if times else ():
        machines.pop(row.machine_id, None)
        machines[row.machine_id] = Slot(_handed(row), times[row.machine_id])
    return Slots(version, last, machines)


def _after(before: Times | None, mark: Mark) -> Times:
    """The times of a machine with one more report. A clock that was set back changes no order."""
    at = mark.received
    if before is None:
        return Times(at, at, at if mark.ready else None, None if mark.ready else at)
    first_ready, since = before.first_ready, before.stuck_since
    if mark.ready:
        first_ready, since = (at if first_ready is None else min(first_ready, at)), None
    else:
        since = at if since is None else min(since, at)
    return Times(at, min(before.first, at), first_ready, since)


def _handed(row: Newest) -> Handed:
    return told(str(row.machine_id), receipt_of(row.digest), row.brief, row.number)
