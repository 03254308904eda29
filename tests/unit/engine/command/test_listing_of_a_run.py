"""The checks of a run, named before it: what a program that shows them needs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from envcheck import Chapter, Check, Course, ok
from envcheck.command import listing
from envcheck.errors import UsageProblem
from envcheck.run.plugins import Loaded

FIRST = Check("first", "First", lambda env: ok("fine"))
SECOND = Check("second", "Second", lambda env: ok("fine"), needs=(FIRST,), required=False)
OF_A_TRACK = Check("of-a-track", "Of a track", lambda env: ok("fine"))
COURSE = Course(
    "c", "A course", [Chapter("one", "One", [SECOND])], [Chapter("t", "T", [OF_A_TRACK])]
)
LOADED = Loaded(courses=(COURSE,), broken=())


def test_for_programs() -> None:
    """In the order of the report, with what is needed and listed nowhere, and the track's."""
    text = listing.of_run(LOADED, (("one",), ("t",)), None, "json")
    assert json.loads(text) == {
        "course": "c",
        "checks": [
            {"id": "one.first", "title": "First", "required": True},
            {"id": "one.second", "title": "Second", "required": False},
            {"id": "t.of-a-track", "title": "Of a track", "required": True},
        ],
    }


def test_for_people() -> None:
    """A line a check."""
    text = listing.of_run(LOADED, (("one",), ()), None, "text")
    assert text == "one.first   First\none.second  Second\n"


def test_what_there_is_not(tmp_path: Path) -> None:
    """As the run would say it."""
    with pytest.raises(UsageProblem, match="there is no chapter `two`"):
        listing.of_run(LOADED, (("two",), ()), None, "text")
    with pytest.raises(UsageProblem):
        listing.of_run(LOADED, (("one",), ()), str(tmp_path / "gone.py"), "text")
