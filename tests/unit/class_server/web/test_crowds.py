from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.class_server.made import CHAPTER, body
from tests.unit.engine.classroom.class_reports import cause, document, handed

from envcheck.classroom import data, html, text
from envcheck.classroom.message import Catalogue
from envcheck.classroom.person import Person
from envcheck.classroom.roster import Learner
from envcheck.classroom.standing import State
from envcheck.classroom.unreachable import Unreachable
from envcheck_class.checked.arriving import Checked, check
from envcheck_class.checked.told import told
from envcheck_class.store.classes import Class
from envcheck_class.store.unreachable import Kept
from envcheck_class.web import view, wall
from envcheck_class.web.crowds import few
from envcheck_class.web.slots import Slot, Times
from envcheck_class.web.view import Seen

CATALOGUE = Catalogue([])
WHEN = datetime(2026, 11, 28, 12, tzinfo=timezone.utc)
NOW = WHEN.timestamp()
ROSTER = (
    Learner("Reinhard Fuchs", frozenset({"fox"}), frozenset({"reinhardfuchs"})),
    Learner("Olga Eule", frozenset({"owl"}), frozenset({"olgaeule"})),
    Learner("Sam Still", frozenset({"sam"}), frozenset({"samstill"})),
)
SPELLINGS = {"fox": ("fox", "FOX", "Reinhard Fuchs", "\uff46ox"), "owl": ("owl", "Olga Eule")}
SENT = st.fixed_dictionaries(
    {},
    optional={
        "stuck": st.booleans(),
        "started": st.sampled_from(("2026-11-28T08:00:00Z", "2027-01-01T00:00:00Z")),
        "course": st.sampled_from(("2026-11", "2031-01")).map(
            lambda revision: {"id": "ml", "revision": revision, "title": revision}
        ),
        "envcheck": st.sampled_from(("0.1.0", "9.9")),
        "diagnoses": st.sampled_from(("kernel", "other")).map(lambda code: [cause(code)]),
    },
)
TIMES = st.builds(
    Times,
    st.sampled_from((NOW - 60, NOW)),
    st.just(NOW - 900),
    st.none() | st.floats(NOW - 800, NOW),
    st.none() | st.floats(NOW - 800, NOW),
)


def slot(machine: int, alias: str, number: int, sent: dict[str, Any], times: Times) -> Slot:
    report = check(body(alias, **sent), CHAPTER)
    assert isinstance(report, Checked), report
    return Slot(told(str(machine), report.receipt, report.brief, number), times)


def figures(seen: Seen, of: Class) -> tuple[Any, ...]:
    """All that is counted, and all that others are told by."""
    page = view.content(seen, of, CATALOGUE, NOW)
    kept = ("verdict", "mood", "counts", "versions", "silent", "unreachable", "causes", "times")
    overview = seen.overview
    return (
        wall.wall(seen, of, CATALOGUE, NOW),
        {name: page[name] for name in kept},
        text.Page(projector=True).render(overview, CATALOGUE),
        html.render(overview, CATALOGUE, projector=True),
        [row for row in data.as_csv(overview).splitlines() if row.endswith("yes")],
        (overview.all_ready, overview.subject, overview.course, overview.other_chapters),
    )


@pytest.mark.parametrize("roster", [ROSTER, None])
@given(
    st.dictionaries(st.sampled_from(("fox", "owl", "hen")), st.tuples(SENT, TIMES), min_size=1),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), SENT, TIMES), max_size=12),
    st.booleans(),
)
def test_whoever_claims_an_alias_with_another_key_changes_no_figure(
    roster: tuple[Learner, ...] | None,
    honest: dict[str, tuple[dict[str, Any], Times]],
    forged: list[tuple[int, int, dict[str, Any], Times]],
    down: bool,
) -> None:
    """Whatever they send, however often, under whichever spelling of an alias that somebody has; and
    what they sent is shown all the same.
    """
    of = Class(1, "monday", CHAPTER, "ML", 0.0, None, 60, roster)
    machines = {id: slot(id, alias, 1, *sent) for id, (alias, sent) in enumerate(honest.items(), 1)}
    asked = [Kept(Unreachable("", "owl", WHEN, "no answer"), NOW - 30)] if down else []
    before = figures(view.see(machines, asked, (), of, NOW), of)
    for id, (whose, spelling, sent, times) in enumerate(forged, 100):
        alias = [*honest][whose % len(honest)]
        names = SPELLINGS.get(alias, (alias,)) if roster else (alias,)
        # newest first, as the page of a class that changes has them
        machines = {
            id: slot(id, names[spelling % len(names)], id, sent, times),
            **machines,
        }
    seen = view.see(machines, asked, (), of, NOW)
    assert figures(seen, of) == before
    assert {*seen.people} == {*machines}


def test_a_few_of_an_alias_and_how_many_more() -> None:
    """In their order, whatever case they are spelled in; nobody is pushed out, least of all the one
    whom the others claim to be.
    """
    aliases = ["hen", "owl", "HEN", "hen", "hen", "fox", "hen"]
    people = {
        number: Person(
            alias,
            State.READY,
            (handed(document(alias=alias)),),
            further=alias.lower() == "hen" and number != 6,
        )
        for number, alias in enumerate(aliases)
    }
    assert few(people, people) == [(0, 0), (1, 0), (2, 2), (5, 0), (6, 0)]
    assert few([], people) == []
