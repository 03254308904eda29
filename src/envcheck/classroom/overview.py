"""The class as one value: every learner with where they stand, causes grouped, versions in use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from envcheck.classroom.handed_in import Unreadable
from envcheck.classroom.machines import of_each
from envcheck.classroom.owner import Owner, owner_of
from envcheck.classroom.people import people_of
from envcheck.classroom.person import Person
from envcheck.classroom.roster import Called, Learner
from envcheck.classroom.sources import File
from envcheck.classroom.standing import DONE, Measure, State, is_error
from envcheck.classroom.subject import Asked as Asked  # noqa: PLC0414  # its other home
from envcheck.classroom.subject import Subject, subject_of
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
    """The class. `people` has a machine each; `other_chapters` are those of reports that are about
    something else, with how many there are; `unreadable` are files that nobody of the roster can be
    found for; `is_asked`: somebody chose the chapter.
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
    def learners(self) -> tuple[Person, ...]:
        """Everybody once, by their first machine: under any alias others can send."""
        return tuple(person for person in self.people if not person.further)

    @property
    def measure(self) -> Measure:
        """What its reports are measured by."""
        return self.subject.measure

    @property
    def counts(self) -> dict[State, int]:
        """How many learners stand how; every state is there, with 0 too."""
        counted = Counter(person.state for person in self.learners)
        return {state: counted[state] for state in State}

    @property
    def all_ready(self) -> bool:
        """Whether nobody needs anything any more; of nobody that is true. Of a class whose other
        chapters nobody left out on purpose it is not known, nor where a file could not be read and no
        roster says who they all are.
        """
        left_out = bool(self.other_chapters) and not self.is_asked
        left_out |= bool(self.unreadable) and not self.has_roster
        return not left_out and all(person.state in DONE for person in self.learners)

    @property
    def nothing_read(self) -> bool:
        """Whether there was neither a report nor a record that could be read."""
        return not any(person.reports or person.unreachable for person in self.people)


def overview(
    files: Iterable[File], roster: Sequence[Learner] | None, asked: Asked, now: datetime
) -> Overview:
    """The class from what was handed in."""
    called = Called(roster or ())
    files = [*files]
    with_owner = [(file, _owner(file, called, len(files))) for file in files]
    namesakes = _namesakes(owner for _, owner in with_owner)
    owned = [(file.content, _whose(file, owner, called, namesakes)) for file, owner in with_owner]
    machines = of_each(owned)
    firsts = {whose: own[min(own)] for whose, own in machines.items()}
    subject = subject_of(firsts, asked, now)
    people, unreadable = people_of(owned, machines, roster or (), subject)
    learners = [person for person in people if not person.further]
    return Overview(
        course=subject.title,
        chapter=subject.chapter,
        people=people,
        groups=_groups(learners),
        unreadable=unreadable,
        other_chapters=subject.others,
        versions=_versions(learners),
        subject=subject,
        has_roster=roster is not None,
        is_asked=bool(asked.chapter),
    )


def _owner(file: File, called: Called, count: int) -> Owner | None:
    """Whom the names above a file say it belongs to. A zip that is all there is is its learner's where
    the roster has them by number and name, or where the one file in it says nothing itself.
    """
    owner = owner_of(file.names or file.parts)
    of_zip = owner_of((file.only,)) if file.only else None
    if of_zip is None:
        return owner
    silent = owner is None and not isinstance(file.content, Unreadable) and not file.content.alias
    is_theirs = called.has(of_zip.number, of_zip.name) or (count == 1 and silent)
    return of_zip if is_theirs else owner


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
