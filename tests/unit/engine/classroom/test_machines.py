"""Nobody's report takes the place of another's."""

from __future__ import annotations

import dataclasses

from tests.unit.engine.classroom.class_reports import NOW, STUCK, document, handed

from envcheck.classroom.handed_in import Handed
from envcheck.classroom.machines import Numbers
from envcheck.classroom.overview import Asked, overview
from envcheck.classroom.roster import Learner
from envcheck.classroom.sources import File
from envcheck.classroom.standing import State

FOX = Learner("Reinhard Fuchs", frozenset({"fox"}), frozenset({"reinhardfuchs"}))


def of(alias: str, machine: int = 1) -> Handed:
    return dataclasses.replace(handed(document(alias=alias)), machine=machine)


def test_each_key_of_each_alias_is_a_machine() -> None:
    """And it keeps its number, whoever comes after it."""
    numbers = Numbers()
    told = [of("fox"), of("fox", 2), of("FOX"), of("fox"), of("Fuchs Reinhard"), of("FOX")]
    assert [numbers.of(FOX, one) for one in told] == [1, 2, 3, 1, 4, 3]
    assert numbers.of("owl", of("owl")) == 1


def test_without_a_server_all_of_somebodys_are_one() -> None:
    numbers = Numbers()
    assert [numbers.of(FOX, of(alias, 0)) for alias in ("fox", "FOX")] == [1, 1]


def test_a_forged_alias_hides_nobody() -> None:
    """Another spelling of a learner's alias, or their name, with a later clock: whoever is stuck is
    still seen.
    """
    stuck = dataclasses.replace(handed({**STUCK, "alias": "fox"}), machine=1)
    for alias in ("FOX", "\uff46ox", "Reinhard Fuchs", "fuchs, reinhard"):
        forged = document(alias=alias, started="2026-11-28T11:59:00Z")
        files = [File((), stuck), File((), dataclasses.replace(handed(forged), machine=1))]
        people = overview(files, [FOX], Asked("chapter2"), NOW).people
        assert [(one.name, one.state) for one in people] == [
            ("Reinhard Fuchs", State.STUCK),
            ("Reinhard Fuchs, machine 2", State.READY),
        ], alias
