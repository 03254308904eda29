"""The class as its page shows it: made once for everybody who looks, whenever something changed."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import Connection

from envcheck.classroom import html
from envcheck.classroom.handed_in import Handed, receipt_of
from envcheck.classroom.message import Catalogue
from envcheck.classroom.overview import Asked, Group, Overview, Person, overview
from envcheck.classroom.sources import File
from envcheck.classroom.standing import State
from envcheck.classroom.text import named, why
from envcheck.reports.words import spoken
from envcheck_class.checked.brief import document_of
from envcheck_class.store import claims, reading
from envcheck_class.store.claims import Claim
from envcheck_class.store.classes import Class
from envcheck_class.store.reading import Newest

MOST = 200  # people of one kind that a page shows
NEED_HELP = (State.STUCK, State.UNDETERMINED)
LAST = (State.PARTIAL, State.STALE, State.WARNED, State.READY)


@dataclass(frozen=True)
class Seen:
    """A class at one moment. `people` are those who have sent something, by the number of their
    machine.
    """

    overview: Overview
    people: Mapping[int, Person]
    newest: Mapping[int, Newest]
    claims: Sequence[Claim]
    seconds_to_ready: Sequence[float | None]


def look(connection: Connection, of: Class, now: float) -> Seen:
    """The class as it is kept."""
    rows = reading.newest(connection, of.id)
    files = [
        File(
            (),
            Handed(str(row.machine_id), receipt_of(row.digest), document_of(row.brief), row.number),
        )
        for row in rows
    ]
    when = datetime.fromtimestamp(now, timezone.utc)
    seen = overview(files, of.roster, Asked(of.chapter), when)
    return Seen(
        seen,
        {int(report.place): person for person in seen.people for report in person.reports},
        {row.machine_id: row for row in rows},
        claims.of_class(connection, of.id),
        reading.seconds_to_ready(connection, of.id),
    )


def content(seen: Seen, of: Class, catalogue: Catalogue, now: float) -> dict[str, Any]:
    """What the template of the class's page is given."""
    counted = html.page(seen.overview, catalogue, projector=True)
    ready = sum(seen.overview.counts[state] for state in (State.WARNED, State.READY))
    total = len(seen.overview.people)
    silent = [person.name for person in seen.overview.people if person.state is State.SILENT]
    return {
        "name": of.name,
        "about": f"{of.course}, {spoken(of.chapter)}",
        "closed": of.closed is not None,
        "verdict": f"{ready} of {total} ready" if total else "Nothing has arrived yet",
        "mood": "pass" if total and ready == total else "fail" if total else "skip",
        "counts": counted["counts"],
        "versions": counted["versions"],
        "silent": part_of(silent[:MOST], len(silent)),
        "needs": _needs(seen, now),
        "sections": [part for state in LAST if (part := _section(seen, state))["people"]["count"]],
        "causes": [_cause(group, of, catalogue) for group in seen.overview.groups],
        "solved": [_solved(claim, seen) for claim in seen.claims if claim.solved_by][:20],
        "times": times(seen.seconds_to_ready),
    }


def part_of(rows: list[Any], count: int) -> dict[str, Any]:
    """These rows, of so many."""
    return {"rows": rows, "more": count - len(rows), "count": count}


def _needs(seen: Seen, now: float) -> dict[str, Any]:
    """Who is stuck, the one who waits longest first, and who is with them."""
    taken = {claim.machine_id: claim.helper for claim in seen.claims if claim.ended is None}
    waiting = [
        (_since(seen, machine), machine, person)
        for machine, person in _machines(seen)
        if person.state in NEED_HELP
    ]
    rows = [
        {
            "id": machine,
            "name": named(person, seen.overview),
            "mood": html.MOODS[person.state],
            "why": why(person, seen.overview),
            "waits": minutes(now - since),
            "receipt": person.reports[0].receipt,
            "helper": taken.get(machine, ""),
        }
        for since, machine, person in sorted(waiting, key=lambda row: row[:2])[:MOST]
    ]
    return part_of(rows, len(waiting))


def _since(seen: Seen, machine: int) -> float:
    row = seen.newest[machine]
    return row.received if row.stuck_since is None else row.stuck_since


def _machines(seen: Seen) -> list[tuple[int, Person]]:
    """Each person once, by the machine of the report that counts."""
    return [
        (int(person.reports[0].place), person) for person in seen.overview.people if person.reports
    ]


def _section(seen: Seen, state: State) -> dict[str, Any]:
    people = [(machine, person) for machine, person in _machines(seen) if person.state is state]
    rows = [
        {
            "id": machine,
            "name": named(person, seen.overview),
            "why": why(person, seen.overview),
            "receipt": person.reports[0].receipt,
        }
        for machine, person in people[:MOST]
    ]
    return {
        "state": state.value,
        "mood": html.MOODS[state],
        "people": part_of(rows, len(people)),
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
    """`12 min`, `2 h 5 min`."""
    whole = max(0, int(seconds // 60))
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
    for number, taken in enumerate(done):
        across = 100 * taken / longest
        points.append(f"{across:.1f},{100 - 100 * number / len(seconds):.1f}")
        points.append(f"{across:.1f},{100 - 100 * (number + 1) / len(seconds):.1f}")
    points.append(f"100,{100 - 100 * len(done) / len(seconds):.1f}")
    others = [taken for taken in done if taken > 0]
    told = (
        f"{len(done)} of {len(seconds)} machines became ready, {len(done) - len(others)} of them "
        "with their first report"
    )
    if others:
        told += f"; half of the others within {minutes(statistics.median(others))}"
    return {"told": f"{told}.", "steps": " ".join(points), "longest": minutes(longest)}
