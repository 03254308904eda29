"""Who is counted, in words: everybody once, and how many machines are shown besides."""

from __future__ import annotations

from collections.abc import Sequence

from envcheck.classroom.overview import Overview
from envcheck.classroom.person import Person
from envcheck.sentences import number_of


def uncounted(overview: Overview) -> str:
    """A sentence about machines that somebody has beside their first; empty where nobody has."""
    more = len(overview.people) - len(overview.learners)
    if not more:
        return ""
    sends = "sends under an alias that has one" if more == 1 else "send under aliases that have one"
    return f"{number_of(more, 'more machine')} {sends}: shown, and not counted."


def how_many(people: Sequence[Person]) -> str:
    """The learners among these, and what is not counted."""
    more = sum(1 for person in people if person.further)
    learners = str(len(people) - more)
    return f"{learners}, and {number_of(more, 'more machine')}" if more else learners
