"""Machines of one learner, told apart where a server has counted them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from envcheck.classroom.handed_in import Handed
from envcheck.classroom.roster import Learner
from envcheck.classroom.unreachable import Content

Machines = Mapping[Learner | str, Mapping[int, Sequence[Handed]]]


class Numbers:
    """Which machine of somebody's a report is from. A server has told those of one alias apart by
    their keys; two aliases that are one learner's in the roster have machines of their own, so that
    nobody's report takes the place of another's.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[Learner | str, str, int], int] = {}
        self._taken: dict[Learner | str, set[int]] = {}

    def of(self, whose: Learner | str, report: Handed) -> int:
        """The number; 1 for all of somebody's where no server has counted."""
        if not report.machine:
            return 1
        own = (whose, report.alias, report.machine)
        if own not in self._known:
            taken = self._taken.setdefault(whose, set())
            number = report.machine if report.machine not in taken else max(taken) + 1
            taken.add(number)
            self._known[own] = number
        return self._known[own]


def of_each(owned: Iterable[tuple[Content, Learner | str]]) -> Machines:
    """Everybody's reports, in the order in which they arrived, by their machines. The one with the
    lowest number is the learner's: whoever knows a class's link can add others under any alias.
    """
    numbers = Numbers()
    machines: dict[Learner | str, dict[int, list[Handed]]] = {}
    for content, whose in owned:
        if isinstance(content, Handed):
            own = machines.setdefault(whose, {})
            own.setdefault(numbers.of(whose, content), []).append(content)
    return machines
