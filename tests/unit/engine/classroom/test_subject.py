"""What a class is about: no single learner decides it for the others."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engine.classroom.class_reports import NOW, document, file

from envcheck.classroom.overview import Asked, Overview, overview
from envcheck.classroom.standing import State
from envcheck.model import Chapter, Course

ML = Course("ml", "Machine learning", [Chapter("chapter2", "", [])], revision="2026-11")
OTHER = Course("other", "Another", [Chapter("chapter2", "", [])], revision="9")
ANYBODY = Asked()


def of(reports: list[dict[str, Any]], asked: Asked = ANYBODY) -> Overview:
    return overview([file(f"{n}.json", one) for n, one in enumerate(reports)], None, asked, NOW)


def states(seen: Overview) -> dict[str, State]:
    return {person.name: person.state for person in seen.people}


def by(alias: str, revision: str = "2026-11", id: str = "ml", **more: Any) -> dict[str, Any]:
    course = {"id": id, "revision": revision, "title": more.pop("title", "ML")}
    return document(alias=alias, course=course, **more)


HONEST = [by("ann"), by("ben"), by("eve")]
FORGED = st.lists(
    st.builds(
        by,
        st.just("mal"),
        st.sampled_from(("2026-11", "zz", "")),
        st.sampled_from(("ml", "other", "zz")),
        title=st.sampled_from(("ML", "MALLORY'S COURSE", "")),
        started=st.sampled_from(
            ("2020-01-01T00:00:00Z", "2026-11-28T11:00:00Z", "2026-11-29T08:00:00Z")
        ),
        chapters=st.lists(st.sampled_from(("chapter1", "chapter2", "zz")), max_size=3),
    ),
    max_size=8,
)


@given(FORGED, st.sampled_from((ANYBODY, Asked("chapter2"), Asked(courses=(OTHER, ML)))))
def test_no_learner_decides_where_the_others_stand(
    forged: list[dict[str, Any]], asked: Asked
) -> None:
    """Whatever one learner hands in, and however much of it."""
    alone, seen = of(HONEST, asked), of([*HONEST, *forged], asked)
    assert states(seen) | states(alone) == states(seen)
    assert (seen.course, seen.chapter) == (alone.course, alone.chapter)


def test_what_is_installed_here_is_what_counts() -> None:
    """Also where most have the older revision, and the title is the course's own."""
    seen = of([by("ann", "old"), by("ben", "old"), by("eve")], Asked(courses=(ML,)))
    assert states(seen) == {"ann": State.STALE, "ben": State.STALE, "eve": State.READY}
    assert (seen.course, seen.subject.title_is_ours) == ("Machine learning", True)
    stale = seen.measure.is_stale(seen.people[0].reports[0])
    assert stale == "of another revision of the course than the one installed here"


def test_the_newest_that_several_have_counts_else() -> None:
    old = [by(name, "old", started="2026-11-27T10:00:00Z") for name in "abc"]
    seen = of([*old, by("d"), by("e")])
    assert [*states(seen).values()] == [State.STALE] * 3 + [State.READY] * 2
    assert states(of([*old, by("d")]))["d"] is State.STALE  # nobody else has heard of it


def test_a_report_about_another_course_is_none_about_this_one() -> None:
    seen = of([*HONEST, by("dan", "2026-11", "other")])
    assert states(seen)["dan"] is State.STALE
    (dan,) = [person for person in seen.people if person.name == "dan"]
    assert seen.measure.is_stale(dan.reports[0]) == "about another course, other"


@pytest.mark.parametrize("asked", ["Machine learning", "Another"])
def test_a_class_that_was_opened_for_a_course_is_about_it(asked: str) -> None:
    seen = of(HONEST, Asked("chapter2", None, (ML, OTHER), asked))
    assert seen.course == asked
    assert states(seen)["ann"] is (State.READY if asked == "Machine learning" else State.STALE)


def test_learners_are_counted_and_not_reports() -> None:
    """Six of one learner are one; what was left out without a word is not said to be ready."""
    many = [by("mal", chapters=["chapter1"], started=f"2026-11-28T0{n}:00:00Z") for n in range(6)]
    seen = of([*HONEST, *many])
    assert (seen.chapter, dict(seen.other_chapters)) == ("chapter2", {"chapter1": 6})
    assert not seen.all_ready
    assert of([*HONEST, *many], Asked("chapter2")).all_ready


def test_of_two_that_as_many_have_the_installed_one_is_shown() -> None:
    seen = of([by("ann"), by("ben", chapters=["zz"])], Asked(courses=(ML,)))
    assert (seen.chapter, seen.subject.chapter_is_ours) == ("chapter2", True)
    assert not of([by("ann", chapters=["zz"])], Asked(courses=(ML,))).subject.chapter_is_ours
