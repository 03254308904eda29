"""Many machines under one alias, as a stranger can send them who knows the class's link: the first, which
counts, and a few more are shown, and the others as one line, so that they push nobody from the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from envcheck.classroom.person import Person
from envcheck.classroom.roster import fold

SHOWN = 2  # machines of an alias in one list, beside the one that is counted


def few(machines: Iterable[int], people: Mapping[int, Person]) -> list[tuple[int, int]]:
    """These machines in their order, of an alias the one that is counted and so many others; with
    the last of them how many more there are.
    """
    last: dict[str, int] = {}
    counted, more = Counter[str](), Counter[int]()
    shown = []
    for machine in machines:
        alias = fold(people[machine].reports[0].alias)
        counted[alias] += people[machine].further
        if people[machine].further and counted[alias] > SHOWN:
            more[last[alias]] += 1
        else:
            last[alias] = machine
            shown.append(machine)
    return [(machine, more[machine]) for machine in shown]
