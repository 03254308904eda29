"""A learner with all that there is of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from envcheck.classroom.handed_in import Handed, Unreadable
from envcheck.classroom.roster import Learner
from envcheck.classroom.standing import Measure, State, state_of
from envcheck.classroom.unreachable import Unreachable

# A learner, or a name that nobody of the roster has, with the number of their machine.
Machine = tuple[Learner | str, int]


@dataclass(frozen=True)
class Person:
    """A learner, or whoever a report without one in the roster is from. `reports` are newest first,
    each once; the newest counts, unless their machine was asked after it and gave none. `further`:
    another machine of somebody who is counted already.
    """

    name: str
    state: State
    reports: tuple[Handed, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    on_roster: bool = True
    unreachable: Unreachable | None = None
    further: bool = False

    @property
    def newest(self) -> Handed | None:
        """The report that counts; None of somebody who has sent none."""
        return self.reports[0] if self.reports else None


def person_of(
    machine: Machine,
    reports: Sequence[Handed],
    broken: Sequence[Unreadable],
    record: Unreachable | None,
    measure: Measure,
    *,
    further: bool,
) -> Person:
    """Where they stand, by what there is of them."""
    whose, number = machine
    record = None if further else record  # one who asks from outside tells no machines apart
    ordered = sorted(reports, key=lambda report: (report.started, report.place), reverse=True)
    if record is not None and (not ordered or record.at > ordered[0].started):
        state = State.UNREACHABLE
    elif ordered:
        state, record = state_of(ordered[0], measure), None
    else:
        state = State.UNREADABLE if broken else State.SILENT
    name = whose.name if isinstance(whose, Learner) else whose
    shown = name if number == 1 else f"{name}, machine {number}"
    on_roster = isinstance(whose, Learner)
    return Person(shown, state, tuple(ordered), tuple(broken), on_roster, record, further)
