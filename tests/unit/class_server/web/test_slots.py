"""What a server process keeps of a class: brought up to date it is what reading all of it gives."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection
from tests.unit.class_server.made import arrival, open_class
from tests.unit.engine.classroom.class_reports import cause

from envcheck.classroom.handed_in import Handed
from envcheck.classroom.message import Catalogue
from envcheck_class.checked.told import told
from envcheck_class.store import arrivals, claims, classes, deleting, hints
from envcheck_class.store.database import Database
from envcheck_class.store.hints import Hint
from envcheck_class.web import view
from envcheck_class.web.slots import NOTHING, Slots, brought_up

Act = Callable[[Connection, int], object]
NAMES = count()
ALIASES = st.sampled_from(("fox", "owl", "Fox", "cat"))
SECONDS = st.integers(0, 100)


@st.composite
def arriving(draw: st.DrawFn) -> Act:
    alias, key, received = draw(ALIASES), draw(st.sampled_from("ab")), draw(SECONDS)
    stuck, seconds = draw(st.booleans()), float(draw(st.integers(0, 5)))
    more = {"diagnoses": [cause(code=draw(st.sampled_from(("one", "two"))))]} if stuck else {}

    def act(connection: Connection, id: int) -> object:
        sent = arrival(
            alias, key, float(received), class_id=id, stuck=stuck, seconds=seconds, **more
        )
        return arrivals.keep(connection, [sent])

    return act


def helping(machine: int, ends: bool) -> Act:
    def act(connection: Connection, id: int) -> object:
        rows = [*brought_up(connection, id, NOTHING).machines]
        if not rows:
            return None
        one = rows[machine % len(rows)]
        if ends:
            return claims.end(connection, id, one, 5.0, "slept")
        return claims.take(connection, id, one, "Ada", 5.0)

    return act


ACTS = st.one_of(
    arriving(),
    arriving(),
    st.builds(helping, st.integers(0, 5), st.booleans()),
    st.builds(
        lambda text: lambda it, id: hints.send(it, id, Hint("one", text, 5.0)), st.just("hello")
    ),
    st.builds(lambda alias: lambda it, id: deleting.alias(it, id, alias), ALIASES),
    st.builds(lambda at: lambda it, id: deleting.overdue(it, at + 60 * deleting.DAY), SECONDS),
    st.just(lambda it, id: classes.close(it, id, 500.0)),
    st.none(),  # somebody looks
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, min_size=1, max_size=14))
def test_brought_up_to_date_is_read_from_scratch(kept: Database, acts: list[Act | None]) -> None:
    """After any reports, claims, hints and deletions, whenever somebody looked in between."""
    name = f"class {next(NAMES)}"
    open_class(kept, name)
    with kept.reading() as connection:
        of = classes.named(connection, name)
    known = NOTHING
    for act in (*acts, None):
        if act is None:
            known = look(kept, of.id, known)
            continue
        with kept.writing() as connection:
            act(connection, of.id)
    fresh = look(kept, of.id, NOTHING)
    assert [*known.machines.items()] == [*fresh.machines.items()]
    assert known == fresh
    shown = []
    for one in (known, fresh):
        with kept.reading() as connection:
            seen = view.see(one.machines, [], claims.of_class(connection, of.id), of, 200.0)
        shown.append(view.content(seen, of, Catalogue([]), 200.0))
    assert shown[0] == shown[1]


def look(place: Database, id: int, slots: Slots) -> Slots:
    with place.reading() as connection:
        return brought_up(connection, id, slots)


def test_only_what_is_new_is_read(kept: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    open_class(kept)
    read: list[str] = []

    def reading(place: str, receipt: str, brief: bytes, machine: int) -> Handed:
        read.append(place)
        return told(place, receipt, brief, machine)

    monkeypatch.setattr("envcheck_class.web.slots.told", reading)

    def keep(*sent: arrivals.Arrival) -> None:
        with kept.writing() as connection:
            arrivals.keep(connection, sent)

    keep(*(arrival(f"learner{number}") for number in range(50)))
    first = look(kept, 1, NOTHING)
    assert len(read) == 50
    keep(arrival("learner7", seconds=5.0), arrival("learner7", stuck=True))
    second = look(kept, 1, first)
    assert len(read) == 51 and len(second.machines) == 50
    assert [*second.machines][-1] == 8 and second.machines[8].times.stuck_since == 1000.0
    assert second.machines[1] is first.machines[1]
    assert look(kept, 1, second) is second and len(read) == 51
    with kept.writing() as connection:
        claims.take(connection, 1, 1, "Ada", 5.0)
    assert look(kept, 1, second).machines == second.machines and len(read) == 51
