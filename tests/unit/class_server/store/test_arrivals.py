from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, TimeoutError
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError
from tests.pace import within
from tests.unit.class_server.made import arrival, open_class

from envcheck_class.store import arrivals, at_once, classes, deleting, reading
from envcheck_class.store.arrivals import CLOSED, NOWHERE, Arrival, Kept
from envcheck_class.store.database import Database
from envcheck_class.store.machines import MOST_MACHINES
from envcheck_class.web.slots import NOTHING, brought_up


def keep(place: Database, *sent: Arrival) -> list[Kept]:
    with place.writing() as connection:
        return arrivals.keep(connection, sent)


def test_the_same_again_is_kept_once(kept: Database) -> None:
    open_class(kept)
    assert keep(kept, arrival(), arrival()) == [Kept(1, True), Kept(1, False)]
    assert keep(kept, arrival()) == [Kept(1, False)]


def test_another_key_is_another_machine_and_replaces_nothing(kept: Database) -> None:
    open_class(kept)
    assert keep(kept, arrival(), arrival(key="b", stuck=True)) == [Kept(1, True), Kept(2, True)]
    assert keep(kept, arrival(key="b", seconds=9)) == [Kept(2, True)]
    with kept.reading() as connection:
        rows = [*reading.newest(connection, 1)]
    assert [(row.alias, row.number) for row in rows] == [("fox", 1), ("fox", 2)]


def test_an_alias_has_no_more_machines_than_a_learner_could(kept: Database) -> None:
    """Whoever sends with ever other keys gets nowhere; what was there goes on."""
    open_class(kept)
    sent = [arrival(key=str(number), seconds=float(number)) for number in range(MOST_MACHINES + 9)]
    numbers = [one.machine for one in keep(kept, *sent)]
    assert numbers == [*range(1, MOST_MACHINES + 1), *[0] * 9]
    assert keep(kept, arrival(key="new")) == [NOWHERE]
    assert keep(kept, arrival(key="3", stuck=True), arrival("owl")) == [
        Kept(4, True),
        Kept(1, True),
    ]
    assert keep(kept, arrival(key="", seconds=0.5)) == [Kept(1, True)]


def test_who_comes_after_a_machine_that_is_gone_gets_a_number_of_their_own(kept: Database) -> None:
    """The oldest goes when its reports are overdue, or is removed; a third was told to come again for ever."""
    open_class(kept)
    keep(kept, arrival(received=0.0), arrival(key="b", received=30 * deleting.DAY))
    with kept.writing() as connection:
        assert deleting.overdue(connection, 61 * deleting.DAY) == 1
    assert [one.machine for one in keep(kept, arrival(key="c"), arrival(key="d"))] == [3, 4]
    with kept.writing() as connection:
        assert deleting.other_machines(connection, 2, 2) == 0  # of another class
        assert deleting.other_machines(connection, 1, 2) == 2
        assert deleting.machine(connection, 1, 2) == 1
    assert [one.machine for one in keep(kept, arrival(key="e"))] == [1]


def test_what_an_instructor_hands_in_goes_to_the_first_machine(kept: Database) -> None:
    open_class(kept)
    assert keep(kept, arrival(key=""), arrival(key="a", seconds=2)) == [
        Kept(1, True),
        Kept(1, True),
    ]
    assert keep(kept, arrival(key="", seconds=3)) == [Kept(1, True)]
    assert keep(kept, arrival(key="b", seconds=4)) == [Kept(2, True)]


def test_a_class_that_was_closed_a_moment_ago_takes_no_more(kept: Database) -> None:
    """Whatever the server process that hands the report over still knows; what an instructor hands
    in is kept.
    """
    open_class(kept)
    assert keep(kept, arrival()) == [Kept(1, True)]
    with kept.writing() as connection:
        classes.close(connection, 1, 5.0)
    assert keep(kept, arrival(), arrival(seconds=2), arrival("owl", class_id=7)) == [CLOSED] * 3
    assert keep(kept, arrival(key="", seconds=3)) == [Kept(1, True)]
    with kept.reading() as connection:
        assert len([*reading.newest(connection, 1)]) == 1


def test_more_than_a_statement_takes(kept: Database) -> None:
    """All are kept as they came, in the order in which they came."""
    open_class(kept)
    sent = [arrival(f"a{number}", seconds=float(number)) for number in range(230)]
    assert keep(kept, *sent) == [Kept(1, True)] * 230
    with kept.reading() as connection:
        there = [*reading.of_class(connection, 1)]
    order = sorted(there, key=lambda one: int(one.alias[1:]))
    assert [(one.alias, one.body) for one in order] == [(one.alias, one.body) for one in sent]
    assert there in (order, order[::-1])


def test_classes_do_not_mix(kept: Database) -> None:
    open_class(kept)
    open_class(kept, "tuesday")
    assert keep(kept, arrival(), arrival(class_id=2, key="b")) == [Kept(1, True), Kept(1, True)]


def test_many_at_once(kept: Database) -> None:
    """Eight writers with the same learners: every report is kept once, no machine twice."""
    open_class(kept)
    batches = [
        [arrival(f"a{number % 5}", "k", seconds=float(number)) for number in range(20)]
        for _ in range(8)
    ]

    def patiently(batch: list[Arrival]) -> int:
        for _ in range(20):
            try:
                return sum(one.new for one in keep(kept, *batch))
            except IntegrityError:
                continue
        raise AssertionError("never kept")

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(patiently, batches)) == 20
    with kept.reading() as connection:
        assert len([*reading.newest(connection, 1)]) == 5


def test_since_when_somebody_is_stuck_and_how_long_it_took(kept: Database) -> None:
    open_class(kept)
    keep(
        kept,
        arrival(received=10, stuck=True),
        arrival(received=20, stuck=True, seconds=2),
        arrival("owl", received=30, stuck=True),
        arrival("owl", received=45, seconds=3),
        arrival("cat", received=50, seconds=4),
        arrival("cat", received=60, stuck=True),
    )
    with kept.reading() as connection:
        slots = [*brought_up(connection, 1, NOTHING).machines.values()]
    assert {slot.newest.alias: slot.times.stuck_since for slot in slots} == {
        "fox": 10,
        "owl": None,
        "cat": 60,
    }
    assert sorted(str(slot.times.to_ready) for slot in slots) == ["0.0", "15.0", "None"]


def test_everything_about_one_learner(kept: Database) -> None:
    open_class(kept)
    keep(kept, arrival(), arrival(key="b", seconds=2), arrival("owl"))
    with kept.reading() as connection:
        whole = [*reading.of_class(connection, 1, ["fox"])]
        assert [(one.alias, one.machine) for one in whole] == [("fox", 2), ("fox", 1)]
        assert {one.body for one in whole} == {arrival().body, arrival(seconds=2).body}
    with kept.writing() as connection:
        assert deleting.alias(connection, 1, "fox") == 2
        assert [one.alias for one in reading.of_class(connection, 1)] == ["owl"]


ON_POSTGRESQL = pytest.mark.parametrize("empty", ["postgresql"], indirect=True)
CHANGES: dict[str, Callable[[Connection], object]] = {
    "the class is closed": lambda it: classes.close(it, 1, 5.0),
    "the class is deleted": lambda it: classes.forget(it, 1),
    "the same report is kept": lambda it: arrivals.keep(it, [arrival()]),
    "another one of a new learner is kept": lambda it: arrivals.keep(it, [arrival("owl", "b")]),
    "a learner is deleted": lambda it: deleting.alias(it, 1, "cat"),
    "a machine gets its first key": lambda it: arrivals.keep(it, [arrival("by-mail", "b")]),
}


@ON_POSTGRESQL
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_another_server_process_does_between_the_look_and_the_write(
    kept: Database, change: Callable[[Connection], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is kept by what was looked up before; the second time all is as if that came first."""
    open_class(kept)
    keep(kept, arrival("cat"), arrival("by-mail", key=""))
    sent = [arrival(), arrival("owl"), arrival("cat", seconds=2), arrival("by-mail", seconds=2)]
    add = at_once.add

    def overtaken(*given: Any, **named: Any) -> None:
        monkeypatch.setattr(at_once, "add", add)
        with kept.writing() as other:
            change(other)
        add(*given, **named)

    monkeypatch.setattr(at_once, "add", overtaken)
    with pytest.raises(IntegrityError):
        keep(kept, *sent)
    with kept.reading() as connection:
        before = [*reading.of_class(connection, 1)]
    again = keep(kept, *sent)
    with kept.reading() as connection:
        after = [*reading.of_class(connection, 1)]
    assert len(after) - len(before) == sum(one.new for one in again)
    assert all(one == CLOSED or one.machine for one in again)


@ON_POSTGRESQL
def test_a_class_that_is_being_closed_is_waited_for(kept: Database) -> None:
    """Who closes it comes before whoever looked a moment earlier, and has not written yet."""
    open_class(kept)
    with ThreadPoolExecutor(1) as pool:
        with kept.writing() as other:
            classes.close(other, 1, 5.0)
            sent = pool.submit(keep, kept, arrival())
            with pytest.raises(TimeoutError):
                sent.result(0.5)
        with pytest.raises(IntegrityError):
            sent.result(within(10))
    assert keep(kept, arrival()) == [CLOSED]
