"""How the class arrives: most are ready at once, some are stuck and come back, a few stay silent."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from envcheck import Chapter, Code, Course
from envcheck_class.demo import learners, reports

SILENT = 6
READY_AT_ONCE = 0.5
COMES_BACK = 0.5
AT_THE_START = 25  # reports that are there before anybody looks
LASTS = 90.0  # seconds in which the others come


@dataclass(frozen=True)
class Sent:
    """A report, and how many seconds after the start it is sent."""

    at: float
    alias: str
    document: dict[str, Any]


def tell(course: Course, chapter: Chapter, seed: int = 7) -> list[Sent]:
    """Every report, in the order of time."""
    chance = random.Random(seed)
    names = learners.aliases()
    chance.shuffle(names)
    codes = reports.codes_of(course, chapter)
    sent = [
        report
        for number, alias in enumerate(names[SILENT:])
        for report in _of_one(alias, _first(number, chance), (course, chapter), codes, chance)
    ]
    return sorted(sent, key=lambda report: report.at)


def _first(number: int, chance: random.Random) -> float:
    return 0.0 if number < AT_THE_START else chance.uniform(1.0, LASTS * 0.7)


def _of_one(
    alias: str,
    at: float,
    about: tuple[Course, Chapter],
    codes: Sequence[Code],
    chance: random.Random,
) -> Iterator[Sent]:
    machine = reports.machine_of(alias, chance)
    if not codes or chance.random() < READY_AT_ONCE:
        yield Sent(at, alias, reports.document(machine, *about, [], chance.uniform(3, 9)))
        return
    # The first is met most.
    causes = [codes[min(int(chance.expovariate(0.9)), len(codes) - 1)]]
    yield Sent(at, alias, reports.document(machine, *about, causes, chance.uniform(3, 9)))
    if chance.random() < COMES_BACK:
        later = at + chance.uniform(8.0, LASTS * 0.3)
        yield Sent(later, alias, reports.document(machine, *about, [], chance.uniform(3, 9)))
