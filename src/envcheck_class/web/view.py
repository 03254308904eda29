"""The class as its page shows it: made once for everybody who looks, whenever something changed."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from envcheck.classroom import html
from envcheck.classroom.message import Catalogue
from envcheck.classroom.overview import Asked, Group, Overview, overview
from envcheck.classroom.person import Person
from envcheck.classroom.sources import File
from envcheck.classroom.standing import State
from envcheck.reports.words import spoken
from envcheck_class.store.claims import Claim
from envcheck_class.store.classes import Class
from envcheck_class.store.unreachable import Kept
from envcheck_class.web.rows import MOST, counts, of_machines, part_of, unreachable
from envcheck_class.web.slots import Slot, Times

MOST_STEPS = 90  # of the line that shows how long it took
NEED_HELP = (State.STUCK, State.UNDETERMINED)
LAST = (State.PARTIAL, State.STALE, State.WARNED, State.READY)


@dataclass(frozen=True)
class Seen:
    """A class at one moment. `people` are those who have sent something, by the number of their
    machine, `times` when they did, and `counted` the machines of which each is somebody's first.
    """

    overview: Overview
    people: Mapping[int, Person]
    times: Mapping[int, Times]
    claims: Sequence[Claim]
    counted: Sequence[int]


def see(
    machines: Mapping[int, Slot],
    asked: Sequence[Kept],
    claimed: Sequence[Claim],
    of: Class,
    now: float,
    catalogue: Catalogue | None = None,
) -> Seen:
    """The class, of what is known of its machines. A report that came after a record of the same
    machine makes that one old, whatever the clocks say that they were made by. `catalogue` knows
    the courses that are installed on the server.
    """
    when = datetime.fromtimestamp(now, timezone.utc)
    latest_first = [machines[id] for id in sorted(machines, reverse=True)]
    reported = {slot.newest.alias: slot.times.newest for slot in latest_first}  # the first's stays
    files: list[File] = [File((), slot.newest) for slot in reversed(latest_first)]
    files += [
        File((), kept.record)
        for kept in asked
        if kept.received >= reported.get(kept.record.alias, kept.received)
    ]
    courses = catalogue.courses if catalogue else ()
    seen = overview(files, of.roster, Asked(of.chapter, None, courses, of.course), when)
    people = {int(report.place): person for person in seen.people for report in person.reports}
    times = {machine: slot.times for machine, slot in machines.items()}
    counted = [machine for machine, person in people.items() if not person.further]
    return Seen(seen, people, times, claimed, counted)


def content(seen: Seen, of: Class, catalogue: Catalogue, now: float) -> dict[str, Any]:
    """What the template of the class's page is given."""
    ready = sum(seen.overview.counts[state] for state in (State.WARNED, State.READY))
    total = len(seen.overview.learners)
    silent = [person.name for person in seen.overview.people if person.state is State.SILENT]
    return {
        "name": of.name,
        "about": f"{of.course}, {spoken(of.chapter)}",
        "closed": of.closed is not None,
        "verdict": f"{ready} of {total} ready" if total else "Nothing has arrived yet",
        "mood": "pass" if total and ready == total else "fail" if total else "skip",
        **counts(seen.overview),
        "versions": html.versions(seen.overview),
        "silent": part_of(silent[:MOST], len(silent)),
        "unreachable": unreachable(seen.overview),
        "needs": _needs(seen, now),
        "sections": [part for state in LAST if (part := _section(seen, state))["people"]["rows"]],
        "causes": [_cause(group, of, catalogue) for group in seen.overview.groups],
        "solved": [_solved(claim, seen) for claim in seen.claims if claim.solved_by][:20],
        "times": times([seen.times[machine].to_ready for machine in seen.counted]),
    }


def _needs(seen: Seen, now: float) -> dict[str, Any]:
    """Who is stuck, the one who waits longest first, and who is with them."""
    taken = {claim.machine_id: claim.helper for claim in seen.claims if claim.ended is None}
    waiting = sorted(
        (seen.times[machine].waits_since, machine)
        for machine, person in seen.people.items()
        if person.state in NEED_HELP
    )

    def about(machine: int) -> dict[str, str]:
        return {
            "mood": html.MOODS[seen.people[machine].state],
            "waits": minutes(now - seen.times[machine].waits_since),
            "helper": taken.get(machine, ""),
        }

    ids = [machine for _, machine in waiting]
    return of_machines(ids, seen.people, seen.overview, about)


def _section(seen: Seen, state: State) -> dict[str, Any]:
    machines = [machine for machine, person in seen.people.items() if person.state is state]
    return {
        "state": state.value,
        "mood": html.MOODS[state],
        "people": of_machines(machines, seen.people, seen.overview),
    }


def _cause(group: Group, of: Class, catalogue: Catalogue) -> dict[str, Any]:
    names = [name for own in group.people.values() for name in own]
    return {
        **html.cause(group, catalogue),
        "names": ", ".join(names[:MOST]),
        "message": catalogue.message(group, of.chapter),
    }


def _solved(claim: Claim, seen: Seen) -> dict[str, str]:
    person = seen.people.get(claim.machine_id)
    return {
        "name": person.name if person else "somebody",
        "helper": claim.helper,
        "how": claim.solved_by or "",
    }


def minutes(seconds: float) -> str:
    """`12 min`, `2 h 5 min`; whole ones that have passed."""
    whole = int(seconds // 60)
    if whole < 1:
        return "less than a minute"
    return f"{whole} min" if whole < 60 else f"{whole // 60} h {whole % 60} min"


def times(seconds: Sequence[float | None]) -> dict[str, Any]:
    """How long it took from the first report to one that was ready, as a sentence and as steps in
    a field of 100 by 100.
    """
    done = sorted(taken for taken in seconds if taken is not None)
    if not done:
        return {"told": "", "steps": "", "longest": ""}
    longest = max(done[-1], 60.0)
    points = ["0,100"]
    level = 100.0
    for number in _some(len(done)):
        across = 100 * done[number] / longest
        points.append(f"{across:.1f},{level:.1f}")
        level = 100 - 100 * (number + 1) / len(seconds)
        points.append(f"{across:.1f},{level:.1f}")
    points.append(f"100,{level:.1f}")
    others = [taken for taken in done if taken > 0]
    told = (
        f"{len(done)} of {len(seconds)} machines became ready, {len(done) - len(others)} of them "
        "with their first report"
    )
    if others:
        median = statistics.median(others)
        told += f"; half of the others within {minutes(median + -median % 60)}"
    return {"told": f"{told}.", "steps": " ".join(points), "longest": minutes(longest)}


def _some(count: int) -> Iterator[int]:
    """The numbers below `count`; evenly chosen, the last among them, where a line needs no more."""
    steps = min(count, MOST_STEPS)
    return ((step + 1) * count // steps - 1 for step in range(steps))
