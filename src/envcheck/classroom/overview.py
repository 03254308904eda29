"""The class as one value: every learner with where they stand, causes grouped, versions in use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from envcheck.classroom.handed_in import Handed, Unreadable
from envcheck.classroom.machines import Numbers
from envcheck.classroom.owner import Owner, owner_of
from envcheck.classroom.person import Machine, Person, person_of
from envcheck.classroom.roster import Called, Learner
from envcheck.classroom.sources import File
from envcheck.classroom.standing import DONE, Measure, State, is_error
from envcheck.classroom.subject import Asked as Asked  # noqa: PLC0414  # its other home
from envcheck.classroom.subject import Subject, subject_of
from envcheck.classroom.unreachable import Content, Unreachable, newer
from envcheck.printable import one_line

NO_ANSWER, UNKNOWN, UNKNOWN_SYSTEM = UNTOLD = ("no answer", "unknown", "unknown system")


@dataclass(frozen=True)
class Group:
    """A cause, and whom it meets: their names by system, most first. `error`: it keeps at least one
    of them from being ready. `summary` is a learner's own, where all say the same.
    """

    code: str
    summary: str
    error: bool
    people: Mapping[str, tuple[str, ...]]

    @property
    def count(self) -> int:
        """How many people it meets."""
        return len({name for names in self.people.values() for name in names})


@dataclass(frozen=True)
class Overview:
    """The class. `other_chapters` are those of reports that are about something else, with how many
    there are; `unreadable` are files that nobody of the roster can be found for; `is_asked`: somebody
    chose the chapter.
    """

    course: str
    chapter: str
    people: tuple[Person, ...]
    groups: tuple[Group, ...]
    unreadable: tuple[Unreadable, ...]
    other_chapters: Mapping[str, int]
    versions: Mapping[str, Mapping[str, int]]
    subject: Subject
    has_roster: bool
    is_asked: bool = True

    @property
    def measure(self) -> Measure:
        """What its reports are measured by."""
        return self.subject.measure

    @property
    def counts(self) -> dict[State, int]:
        """How many people stand how; every state is there, with 0 too."""
        counted = Counter(person.state for person in self.people)
        return {state: counted[state] for state in State}

    @property
    def all_ready(self) -> bool:
        """Whether nobody needs anything any more; of nobody that is true. Of a class whose other
        chapters nobody left out on purpose it is not known.
        """
        left_out = bool(self.other_chapters) and not self.is_asked
        return not left_out and all(person.state in DONE for person in self.people)

    @property
    def nothing_read(self) -> bool:
        """Whether there was neither a report nor a record that could be read."""
        return not any(person.reports or person.unreachable for person in self.people)


def overview(
    files: Iterable[File], roster: Sequence[Learner] | None, asked: Asked, now: datetime
) -> Overview:
    """The class from what was handed in."""
    called = Called(roster or ())
    with_owner = [(file, owner_of(file.names or file.parts)) for file in files]
    namesakes = _namesakes(owner for _, owner in with_owner)
    owned = [(file.content, _whose(file, owner, called, namesakes)) for file, owner in with_owner]
    reports: dict[Learner | str, list[Handed]] = {}
    for content, whose in owned:
        if isinstance(content, Handed):
            reports.setdefault(whose, []).append(content)
    subject = subject_of(reports, asked, now)
    people, unreadable = _people(owned, roster or (), subject)
    return Overview(
        course=subject.title,
        chapter=subject.chapter,
        people=people,
        groups=_groups(people),
        unreadable=unreadable,
        other_chapters=subject.others,
        versions=_versions(people),
        subject=subject,
        has_roster=roster is not None,
        is_asked=bool(asked.chapter),
    )


def _people(
    owned: Sequence[tuple[Content, Learner | str]], roster: Sequence[Learner], subject: Subject
) -> tuple[tuple[Person, ...], tuple[Unreadable, ...]]:
    numbers = Numbers()
    reports: dict[Machine, dict[str, Handed]] = {(learner, 1): {} for learner in roster}
    broken: dict[Learner | str, list[Unreadable]] = {}
    loose: list[Unreadable] = []
    records: dict[Learner | str, Unreachable] = {}
    for content, whose in owned:
        if isinstance(content, Unreadable):
            (broken.setdefault(whose, []) if isinstance(whose, Learner) else loose).append(content)
        elif isinstance(content, Unreachable):
            records[whose] = newer(content, records.get(whose))
            reports.setdefault((whose, 1), {})
        elif subject.chapter in content.document["chapters"]:
            machine = (whose, numbers.of(whose, content))
            reports.setdefault(machine, {})[content.receipt] = content
    people = [
        person_of(
            machine,
            [*received.values()],
            broken.get(machine[0], []),
            records.get(machine[0]),
            subject.measure,
        )
        for machine, received in reports.items()
    ]
    order = [*State]
    people.sort(key=lambda person: (order.index(person.state), person.name.casefold()))
    shown = [file for files in broken.values() for file in files]
    return tuple(people), tuple([*loose, *shown])


def _namesakes(owners: Iterable[Owner | None]) -> frozenset[tuple[str, str]]:
    """Names that several have who handed in at the same place, and the place; where learners have
    none, that is all of them.
    """
    numbers: dict[tuple[str, str], set[str]] = {}
    for owner in owners:
        if owner is not None:
            numbers.setdefault((owner.among, owner.name), set()).add(owner.number)
    return frozenset(key for key, own in numbers.items() if len(own) > 1)


def _whose(
    file: File, owner: Owner | None, called: Called, namesakes: frozenset[tuple[str, str]]
) -> Learner | str:
    """The one learner whom a file belongs to: by the system that handed it out, else by the alias
    in it. A name where no learner of the roster, or more than one, is called so.
    """
    alias = "" if isinstance(file.content, Unreadable) else file.content.alias
    if owner is None and not alias:
        return one_line("/".join(file.parts))
    number, name = (owner.number, owner.name) if owner else (alias, alias)
    learner = called.find_learner(number, name)
    if learner is None and owner and name and (owner.among, name) in namesakes:
        return one_line(f"{name}, {number}")
    return learner or one_line(name or number)


@dataclass(frozen=True)
class _Occurrence:
    """One learner's own diagnosis."""

    name: str
    system: str
    error: bool
    summary: str


def _groups(people: Sequence[Person]) -> tuple[Group, ...]:
    """Errors before warnings, and what meets most first."""
    diagnoses_by_code: dict[str, list[_Occurrence]] = {}
    for person in people:
        report = person.newest
        for cause in report.document["diagnoses"] if report else ():
            system = (report and report.system) or UNKNOWN_SYSTEM
            diagnosis = _Occurrence(
                person.name, system, is_error(cause), one_line(cause["summary"])
            )
            diagnoses_by_code.setdefault(one_line(cause["code"]), []).append(diagnosis)
    groups = [_group(code, diagnoses) for code, diagnoses in diagnoses_by_code.items()]
    return tuple(sorted(groups, key=lambda group: (not group.error, -group.count, group.code)))


def _group(code: str, diagnoses: Sequence[_Occurrence]) -> Group:
    names: dict[str, list[str]] = {}
    for diagnosis in diagnoses:
        names.setdefault(diagnosis.system, []).append(diagnosis.name)
    ordered = sorted(names.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    summaries = {diagnosis.summary for diagnosis in diagnoses}
    return Group(
        code,
        summaries.pop() if len(summaries) == 1 else "",
        any(diagnosis.error for diagnosis in diagnoses),
        {system: tuple(dict.fromkeys(own)) for system, own in ordered},
    )


def _versions(people: Sequence[Person]) -> dict[str, dict[str, int]]:
    """How many machines have which Python, system and envcheck; the commonest first."""
    newest = [person.newest for person in people if person.newest]
    rows: dict[str, Counter[str]] = {
        "Python": Counter(
            one_line(r.document["target"].get("version") or NO_ANSWER) for r in newest
        ),
        "System": Counter(r.system or UNKNOWN for r in newest),
        "envcheck": Counter(one_line(r.document["envcheck"]) for r in newest),
    }
    return {name: dict(counted.most_common()) for name, counted in rows.items()}
