"""How a class judges the checks themselves: which have failed for nobody, and which have changed
their answer back and forth on one machine without a fix in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

WITHIN = 86_400.0  # seconds between three answers that belong together


@dataclass(frozen=True)
class Answer:
    """What a check said once. `mendable`: it failed of a cause that comes with a fix."""

    passes: bool
    mendable: bool = False


@dataclass(frozen=True)
class Answers:
    """What one report says of each check, by its id. `learner` is the alias; `received` is seconds
    since 1970; `setting` is what a fix may change: the Python, envcheck, the course's revision.
    """

    machine_id: int
    learner: str
    received: float
    setting: tuple[str, ...]
    given: Mapping[str, Answer]
    titles: Mapping[str, str]


@dataclass
class Record:
    """A check in the class: the aliases for whom it has passed, for whom it has not, and on whose
    machine it went back and forth.
    """

    id: str
    title: str
    passed: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    flipped: set[str] = field(default_factory=set)

    @property
    def answered(self) -> int:
        """How many learners it has given an answer."""
        return len(self.passed | self.failed)


Mended = Mapping[int, Sequence[float]]


def records(reports: Iterable[Answers], mended: Mended) -> list[Record]:
    """Every check that has given an answer, the one that most learners have first. `reports` are in
    the order in which they came; `mended` is when a helper solved something, by machine.
    """
    class_records: dict[str, Record] = {}
    ordered = sorted(reports, key=lambda report: report.machine_id)
    for machine_id, own in groupby(ordered, key=lambda report: report.machine_id):
        _note([*own], mended.get(machine_id, ()), class_records)
    return sorted(class_records.values(), key=lambda record: -record.answered)


def _note(
    reports: Sequence[Answers], mended: Sequence[float], class_records: dict[str, Record]
) -> None:
    """What the reports of one machine say."""
    for report in reports:
        for id, answer in report.given.items():
            record = class_records.setdefault(id, Record(id, report.titles[id]))
            (record.passed if answer.passes else record.failed).add(report.learner)
    for id in {id for report in reports for id in report.given}:
        turns = [report for report in reports if id in report.given]
        if any(_flips(id, three, mended) for three in _turned(id, turns)):
            class_records[id].flipped.add(reports[0].learner)


def _turned(id: str, reports: Sequence[Answers]) -> list[Sequence[Answers]]:
    """Three reports each: the last before the answer changed, the last that had the other, and the
    first that has it again.
    """
    changes = [
        number
        for number, (before, after) in enumerate(pairwise(reports))
        if before.given[id].passes != after.given[id].passes
    ]
    return [
        (reports[first], *reports[first + 1 : second + 2]) for first, second in pairwise(changes)
    ]


def _flips(id: str, reports: Sequence[Answers], mended: Sequence[float]) -> bool:
    """Whether nothing that we know of explains why the answer went there and back."""
    first, last = reports[0], reports[-1]
    if last.received - first.received > WITHIN or len({report.setting for report in reports}) > 1:
        return False
    if any(first.received <= moment <= last.received for moment in mended):
        return False
    told_how = any(report.given[id].mendable for report in reports[1:-1])
    return not (first.given[id].passes and told_how)
