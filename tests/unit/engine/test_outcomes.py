"""The words in which a check answers, and the decorator."""

from __future__ import annotations

from envcheck import (
    Environment,
    Evidence,
    Fine,
    Fix,
    Outcome,
    Severity,
    Skipped,
    Tell,
    Unknown,
)
from envcheck.outcomes import check, fail, ok, skip, unknown, warn

FIX = Fix("do it", (Tell("do it"),))


def test_the_words() -> None:
    """Each makes its value; evidence may be anything that has a text."""
    assert ok("fine", warn("x", "odd")) == Fine("fine", (warn("x", "odd"),))
    assert (skip("no"), unknown("?")) == (Skipped("no"), Unknown("?"))
    diagnosis = fail("x", "broken", FIX, found=3, wanted=None, looked_in="here", note="note")
    assert diagnosis.evidence == Evidence("3", "None", "here")
    assert (diagnosis.fixes, diagnosis.severity, diagnosis.note) == ((FIX,), Severity.ERROR, "note")
    assert warn("x", "odd").severity is Severity.WARNING


def test_a_title_of_its_own() -> None:
    """Without one, the docstring's first line is the title and what is proved; without that, the id
    is.
    """

    def documented(env: Environment) -> Outcome:
        """git can commit.

        And more.
        """
        return ok("fine")

    def bare(env: Environment) -> Outcome:
        return ok("fine")

    made = check("git")(documented)
    assert (made.title, made.proves, made.examine) == (
        "git can commit",
        "git can commit",
        documented,
    )
    named = check("git", title="git", proves="git commits")(documented)
    assert (named.title, named.proves) == ("git", "git commits")
    assert check("git")(bare).title == "git"


def test_lists_become_frozen() -> None:
    """What an author gives as a list cannot be changed afterwards."""
    first = check("first")(lambda env: ok("fine"))
    needs = [first]
    second = check("second", needs=needs, traits=["server"])(lambda env: ok("fine"))
    needs.clear()
    assert (second.needs, second.traits) == ((first,), frozenset({"server"}))
