from __future__ import annotations

from tests.unit.engine.classroom.class_reports import document, handed

from envcheck.classroom.person import Person
from envcheck.classroom.standing import State
from envcheck_class.web.crowds import few


def test_three_of_an_alias_and_how_many_more() -> None:
    """In their order, whatever case they are spelled in; nobody else is pushed out."""
    aliases = ["hen", "owl", "HEN", "hen", "hen", "fox", "hen"]
    people = {
        number: Person(alias, State.READY, (handed(document(alias=alias)),))
        for number, alias in enumerate(aliases)
    }
    assert few(people, people) == [(0, 0), (1, 0), (2, 0), (3, 2), (5, 0)]
    assert few([], people) == []
