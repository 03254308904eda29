"""The class on a terminal: who needs somebody first, then what to write to whom."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from envcheck.classroom.counted import how_many, uncounted
from envcheck.classroom.handed_in import Handed
from envcheck.classroom.message import Catalogue
from envcheck.classroom.overview import Group, Overview
from envcheck.classroom.person import Person
from envcheck.classroom.standing import (
    DONE,
    MEANING,
    State,
    changes,
    first_failing,
    first_open,
    required_causes,
)
from envcheck.classroom.wall import for_the_wall
from envcheck.exit_codes import INTERRUPTED
from envcheck.printable import one_line
from envcheck.reports.words import spoken

LONGEST_NAME = 28  # columns
MOST_OLDER = 5  # reports of a learner


@dataclass(frozen=True)
class Page:
    """How wide, in columns; `projector`: counts alone, no names."""

    width: int = 80
    projector: bool = False

    def render(self, overview: Overview, catalogue: Catalogue) -> str:
        """The whole text."""
        if self.projector:
            overview = for_the_wall(overview, catalogue)
        parts = [self._heading(overview), self._counts(overview)]
        if not self.projector:
            parts += self._people(overview)
        parts += self._causes(overview, catalogue)
        parts += [self._versions(overview)]
        if not self.projector:
            parts += self._others(overview)
        return "\n\n".join(part for part in parts if part) + "\n"

    def _heading(self, overview: Overview) -> str:
        read = sum(len(person.reports) for person in overview.learners)
        people = sum(1 for person in overview.learners if person.reports)
        listed = sum(1 for person in overview.learners if person.on_roster)
        roster = f", {listed} in the roster" if overview.has_roster else ""
        start = about(overview) or ("" if read else "No report could be read")
        counted = f"{_number(read, 'report')} of {_number(people, 'learner')}{roster}."
        more = "" if self.projector else uncounted(overview)
        return self._wrap(
            " ".join(filter(None, [f"{start}: {counted}" if start else counted, more]))
        )

    def _counts(self, overview: Overview) -> str:
        rows = [(state, number) for state, number in overview.counts.items() if number]
        longest = max((len(state.value) for state, _ in rows), default=0)
        return "\n".join(
            f"{number:5}  {state.value.ljust(longest)}  {MEANING[state]}" for state, number in rows
        )

    def _people(self, overview: Overview) -> Iterator[str]:
        for state in State:
            people = [person for person in overview.people if person.state is state]
            if people:
                read_out = ", with receipts" if state is State.READY else ""
                title = f"{state.value.capitalize()} ({how_many(people)}){read_out}"
                yield "\n".join([title, *self._lines(people, state, overview)])

    def _lines(self, people: list[Person], state: State, overview: Overview) -> Iterator[str]:
        if state in (State.SILENT, State.READY):
            names = ", ".join(_with_receipt(person, overview) for person in people)
            yield self._wrap(names, "  ")
            return
        for person in people:
            yield self._line(person, overview)

    def _line(self, person: Person, overview: Overview) -> str:
        name = named(person, overview)
        start = f"  {name.ljust(min(LONGEST_NAME, self.width // 3))}  "
        return self._wrap(f"{start}{why(person, overview)}{_receipt(person)}", "", " " * 6)

    def _causes(self, overview: Overview, catalogue: Catalogue) -> Iterator[str]:
        people = sum(1 for person in overview.learners if person.reports)
        if overview.groups:
            yield "What they meet"
        for group in overview.groups:
            yield self._cause(group, overview, people, catalogue)

    def _cause(self, group: Group, overview: Overview, people: int, catalogue: Catalogue) -> str:
        systems = ", ".join(f"{system} {len(names)}" for system, names in group.people.items())
        word = "" if group.error else ", a warning"
        lines = [
            self._wrap(f"  {group.code}: {group.count} of {people} ({systems}){word}", "", "    ")
        ]
        meaning = catalogue.meaning(group.code) or group.summary
        if meaning:
            lines.append(self._wrap(meaning, "    "))
        if not self.projector:
            names = [name for own in group.people.values() for name in own]
            lines.append(self._wrap(f"Met by: {', '.join(names)}", "    "))
            message = catalogue.message(group, overview.chapter)
            lines += [self._wrap(line, "    | ") for line in message.splitlines()]
        return "\n".join(lines)

    def _versions(self, overview: Overview) -> str:
        rows = [
            self._wrap(
                f"  {name}: {', '.join(f'{version} ({number})' for version, number in counted.items())}",
                "",
                "    ",
            )
            for name, counted in overview.versions.items()
            if counted
        ]
        return "\n".join(["In use", *rows]) if rows else ""

    def _others(self, overview: Overview) -> Iterator[str]:
        if overview.other_chapters:
            others = ", ".join(f"{name} ({n})" for name, n in overview.other_chapters.items())
            first = next(iter(overview.other_chapters))
            yield self._wrap(f"Not shown: reports about {others}. Add --chapter {first} for them.")
        if overview.unreadable:
            rows = [
                self._wrap(f"  {one_line(file.place)}: {file.reason}", "", "    ")
                for file in overview.unreadable
            ]
            yield "\n".join([f"Not read ({len(rows)})", *rows])

    def _wrap(self, text: str, indent: str = "", later: str | None = None) -> str:
        return textwrap.fill(
            text,
            self.width,
            initial_indent=indent,
            subsequent_indent=indent if later is None else later,
            break_long_words=False,
            break_on_hyphens=False,
            drop_whitespace=True,
        )


def about(overview: Overview) -> str:
    """The course and the chapter, as far as they may be shown."""
    chapter = spoken(overview.chapter) if overview.chapter else ""
    return ", ".join(part for part in (overview.course, chapter) if part)


def why(person: Person, overview: Overview) -> str:
    """The one thing to know about a learner who is not simply ready."""
    report = person.newest
    if person.unreachable is not None:
        asked = _since(person.unreachable.at, overview.measure.now)
        return f"{person.unreachable.reason.rstrip('.')}; asked {asked}"
    if report is None:
        return "; ".join(f"{one_line(file.place)}: {file.reason}" for file in person.unreadable)
    sentences = [
        _reason(person.state, report, overview),
        _since(report.started, overview.measure.now),
    ]
    if person.reports[1:] and (turned := changes(report, person.reports[1])):
        sentences.append(f"since the report before: {turned[0]}")
    return "; ".join(part for part in sentences if part)


def _reason(state: State, report: Handed, overview: Overview) -> str:
    causes = report.document["diagnoses"]
    first = next(required_causes(report), causes[0] if causes else None)
    if state is State.STALE:
        return overview.measure.is_stale(report)
    if state is State.PARTIAL:
        return "only a part was asked for"
    if first is not None:
        more = f", and {len(causes) - 1} more" if len(causes) > 1 else ""
        return f"{one_line(first['code'])}: {one_line(first['summary'])}{more}"
    failing = first_failing(report)
    if failing is not None:
        return f"{one_line(failing['title'])}: {one_line(failing['summary'])}"
    return "" if state in DONE else _left_open(report)


def _left_open(report: Handed) -> str:
    """Why a report that names no failure says nothing for certain."""
    if report.document.get("interrupted") or report.document.get("exit_code") == INTERRUPTED:
        return "the run was interrupted"
    check = first_open(report)
    if check is None:
        return "nothing was proved"
    reason = check.get("skip_reason") or f"it has no answer ({check['status']})"
    return f"{one_line(check['title'])}: {one_line(reason)}"


def _receipt(person: Person) -> str:
    """What a learner reads out to show that this is the report that they sent, and those of the
    reports before it.
    """
    if person.newest is None:
        return ""
    older = [report.receipt for report in person.reports[1 : MOST_OLDER + 1]]
    return f"; receipt {person.newest.receipt}" + (f", before {', '.join(older)}" if older else "")


def _with_receipt(person: Person, overview: Overview) -> str:
    """Who needs nobody: the name, and what they read out."""
    receipt = person.newest.receipt if person.newest is not None else ""
    return " ".join(part for part in (named(person, overview), receipt) if part)


def named(person: Person, overview: Overview) -> str:
    """Who they are, and whether the roster has nobody of that name."""
    stranger = overview.has_roster and not person.on_roster
    return f"{one_line(person.name)}{' (not in the roster)' if stranger else ''}"


def _since(then: datetime, now: datetime) -> str:
    """How long ago, in words."""
    seconds = (now - then).total_seconds()
    if seconds < -3600:
        return "its clock is ahead of this one"
    for size, word in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            return f"{_number(int(seconds // size), word)} ago"
    return "just now"


def _number(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
