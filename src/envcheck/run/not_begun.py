"""What each check of a run says that did not come to its checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from envcheck.errors import NoPlace, NoRoom
from envcheck.model import Status
from envcheck.run.crashes import own_fault
from envcheck.run.plan import Planned
from envcheck.run.runner import Event
from envcheck.run.tasks import Tasks


def untold(planned: Sequence[Planned], error: Exception) -> Iterator[Event]:
    """Left out is what was left out; of all else nothing is known, and why: there is no room, no
    folder to start anything in, or the fault is our own.
    """
    reason = str(error) if isinstance(error, NoRoom | NoPlace) else own_fault(error)
    tasks = Tasks(planned)
    for task in tasks:
        unknown = tasks.result(task, Status.UNDETERMINED, f"not told: {reason}")
        yield Event(task.planned, tasks.settled(task) or unknown)
