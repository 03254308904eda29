"""A chapter's checks that are made when somebody asks for them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from envcheck import Chapter, Check, Course, Lazy, ok
from envcheck.environment import Options
from envcheck.run.plan import Selection, make
from envcheck.run.plugins import owned


def named(id: str) -> Check:
    return Check(id, id, lambda env: ok("fine"))


def test_it_is_made_once_and_only_when_it_is_looked_at() -> None:
    """Nothing happens until somebody looks, and then once."""
    made: list[str] = []

    def make_one() -> Iterator[Check]:
        made.append("made")
        yield named("a")

    lazy = Lazy(make_one)
    assert made == []
    assert (len(lazy), lazy[0].id, [one.id for one in lazy]) == (1, "a", ["a"])
    assert made == ["made"]


def test_a_run_loads_only_what_it_is_asked_for() -> None:
    """A chapter whose checks cannot be loaded does not disturb the others; every check knows its
    owner.
    """

    def broken() -> list[Check]:
        raise ImportError("no such tool")

    course = owned(
        Course(
            "c",
            "C",
            [Chapter("one", "1", Lazy(lambda: [named("a")])), Chapter("two", "2", Lazy(broken))],
        ),
        "somebody",
    )
    assert [(one.id, one.check.owner) for one in make(course, Selection(("one",)), Options())] == [
        ("one.a", "somebody")
    ]
    with pytest.raises(ImportError):
        make(course, Selection(("two",)), Options())
