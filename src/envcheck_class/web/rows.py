"""People in the lists of a class's page: a row each, and how many more there are than it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from envcheck.classroom import html
from envcheck.classroom.counted import how_many, uncounted
from envcheck.classroom.overview import Overview
from envcheck.classroom.person import Person
from envcheck.classroom.text import named, why
from envcheck_class.web.crowds import few

MOST = 200  # people of one kind that a page shows


def part_of(rows: list[Any], count: int) -> dict[str, Any]:
    """These rows, of so many."""
    return {"rows": rows, "more": count - len(rows), "count": count}


def counts(overview: Overview) -> dict[str, Any]:
    """How many stand how, and what is not among them."""
    return {"counts": html.counts(overview), "uncounted": uncounted(overview)}


def of_machines(
    machines: Iterable[int],
    people: Mapping[int, Person],
    overview: Overview,
    about: Callable[[int], Mapping[str, Any]] = lambda _machine: {},
) -> dict[str, Any]:
    """These machines in their order, with what else is told `about` each."""
    ids = [*machines]
    shown = few(ids, people)
    rows = [
        {**_row(machine, people[machine], overview), "crowd": crowd, **about(machine)}
        for machine, crowd in shown[:MOST]
    ]
    return {**part_of(rows, len(shown)), "count": how_many([people[id] for id in ids])}


def _row(machine: int, person: Person, overview: Overview) -> dict[str, Any]:
    return {
        "id": machine,
        "name": named(person, overview),
        "why": why(person, overview),
        "receipt": person.reports[0].receipt,
    }


def unreachable(overview: Overview) -> dict[str, Any]:
    """The machines that were asked and gave no report, each with the reason."""
    people = [person for person in overview.people if person.unreachable is not None]
    rows = [{"name": named(person, overview), "why": why(person, overview)} for person in people]
    return part_of(rows[:MOST], len(people))
