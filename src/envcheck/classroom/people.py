"""Everybody of a class with their machines: those who have sent something, and those who have not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from envcheck.classroom.handed_in import Handed, Unreadable
from envcheck.classroom.machines import Machines
from envcheck.classroom.person import Person, person_of
from envcheck.classroom.roster import Learner
from envcheck.classroom.standing import State
from envcheck.classroom.subject import Subject
from envcheck.classroom.unreachable import Content, Unreachable, newer

Owned = Sequence[tuple[Content, Learner | str]]


def people_of(
    owned: Owned, machines: Machines, roster: Sequence[Learner], subject: Subject
) -> tuple[tuple[Person, ...], tuple[Unreadable, ...]]:
    """A person for each machine, who needs somebody first; and the files that could not be read,
    those that are nobody's first.
    """
    records = _records(owned)
    broken: dict[Learner | str, list[Unreadable]] = {learner: [] for learner in roster}
    loose: list[Unreadable] = []
    for content, whose in owned:
        if isinstance(content, Unreadable):
            broken.get(whose, loose).append(content)
    people: list[Person] = []
    for whose in dict.fromkeys([*roster, *(whose for _, whose in owned)]):
        own = dict(_about(subject.chapter, machines.get(whose, {})))
        if own or whose in broken or whose in records:
            people += [
                person_of(
                    (whose, number),
                    own.get(number, []),
                    broken.get(whose, []),
                    records.get(whose),
                    subject.measure,
                    further=number != min(own, default=1),
                )
                for number in own or (1,)
            ]
    order = [*State]
    people.sort(key=lambda person: (order.index(person.state), person.name.casefold()))
    return tuple(people), (*loose, *(file for own in broken.values() for file in own))


def _records(owned: Owned) -> dict[Learner | str, Unreachable]:
    """The newest of each, of those who were asked and gave no report."""
    records: dict[Learner | str, Unreachable] = {}
    for content, whose in owned:
        if isinstance(content, Unreachable):
            records[whose] = newer(content, records.get(whose))
    return records


def _about(
    chapter: str, machines: Mapping[int, Iterable[Handed]]
) -> Iterator[tuple[int, list[Handed]]]:
    """Those of the reports that are about it, each once; of the machines that have one."""
    for number, sent in machines.items():
        about = [report for report in sent if chapter in report.document["chapters"]]
        if about:
            yield number, [*{report.receipt: report for report in about}.values()]
