"""What there is, for people and for programs."""

from __future__ import annotations

import json

from envcheck import Chapter, Check, Cost, Course, ok
from envcheck.command import listing

FIRST = Check("first", "First", lambda env: ok("fine"), cost=Cost(2, 100, 5))
SECOND = Check(
    "second",
    "Second",
    lambda env: ok("fine"),
    needs=(FIRST,),
    explained_by=(FIRST,),
    required=False,
    traits=frozenset({"deep", "server"}),
    proves="the second thing works",
)
COURSE = Course(
    "c", "A course", [Chapter("one", "One", [FIRST, SECOND])], [Chapter("t", "T", [FIRST])]
)


def test_for_people() -> None:
    """Each chapter with its command; what is optional, or asks for an option, says so."""
    text = listing.as_text([COURSE])
    assert "A course (c)" in text and "  envcheck one\n" in text and "  envcheck track t\n" in text
    assert "the second thing works (optional, only with --deep)" in text


def test_for_programs() -> None:
    """Every key that a program may rely on; the key of what explains a check is still `beside`."""
    (course,) = json.loads(listing.as_json([COURSE]))["courses"]
    first, second = course["chapters"][0]["checks"]
    assert first["cost"] == {"seconds": 2, "memory_mb": 100, "disk_mb": 5}
    assert (second["needs"], second["beside"]) == (["one.first"], ["one.first"])
    assert (second["uses"], second["required"]) == (["deep", "server"], False)
    assert course["tracks"][0]["checks"][0]["id"] == "t.first"


def test_no_course() -> None:
    """Nothing is said to be nothing."""
    assert listing.as_text([]) == "No course is installed.\n"
    assert json.loads(listing.as_json([])) == {"courses": []}
