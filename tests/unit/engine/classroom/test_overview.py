"""The class as one value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from tests.unit.engine.classroom.class_reports import NOW, STUCK, cause, document, file

from envcheck.classroom.overview import Asked, Overview, overview
from envcheck.classroom.roster import Learner, fold, letters
from envcheck.classroom.standing import State

MOODLE = "Anna Müller_4711_assignsubmission_file"


ANY = Asked()


def learner(name: str, *ids: str) -> Learner:
    return Learner(name, frozenset(map(fold, (name, *ids))), letters(name))


ANNA, BEN = learner("Anna Müller", "4711", "fox"), learner("Ben Okafor", "4712")


def of(
    files: Mapping[str, Mapping[str, Any] | bytes],
    roster: Sequence[Learner] | None = None,
    asked: Asked = ANY,
) -> Overview:
    return overview([file(place, value) for place, value in files.items()], roster, asked, NOW)


def states(found: Overview) -> dict[str, State]:
    return {person.name: person.state for person in found.people}


def test_who_handed_in_nothing_is_silent_and_first() -> None:
    found = of({f"{MOODLE}/report.json": STUCK}, [ANNA, BEN])
    assert [person.name for person in found.people] == ["Ben Okafor", "Anna Müller"]
    assert states(found) == {"Ben Okafor": State.SILENT, "Anna Müller": State.STUCK}
    assert (found.all_ready, found.nothing_read) == (False, False)


def test_who_handed_in_something_else_is_not_silent() -> None:
    found = of({f"{MOODLE}/photo.png": b"\x89PNG"}, [ANNA])
    assert states(found) == {"Anna Müller": State.UNREADABLE}
    assert [one.place for one in found.unreadable] == [f"{MOODLE}/photo.png"]
    assert found.nothing_read


def test_the_newest_counts_and_the_others_are_history() -> None:
    """By the time of the run, whatever the files are called; the same bytes twice are one report."""
    older = document("not-ready", [cause()], started="2026-11-27T10:00:00Z")
    found = of(
        {f"{MOODLE}/b.json": older, f"{MOODLE}/a.json": document(), f"{MOODLE}/c.json": older}
    )
    (anna,) = found.people
    assert anna.state is State.READY
    assert [report.document["started"][:10] for report in anna.reports] == [
        "2026-11-28",
        "2026-11-27",
    ]


def test_the_alias_tells_whose_it_is_where_no_system_does() -> None:
    found = of({"1.json": document(alias="fox"), "2.json": document(alias="owl")}, [ANNA, BEN])
    assert states(found) == {
        "Ben Okafor": State.SILENT,
        "Anna Müller": State.READY,
        "owl": State.READY,
    }
    assert [person.on_roster for person in found.people] == [True, True, False]


def test_a_system_is_believed_before_the_alias() -> None:
    """Anybody may write another's alias into a report; the folder was named by the system."""
    found = of({f"{MOODLE}/r.json": document(alias="Ben Okafor")}, [ANNA, BEN])
    assert states(found) == {"Ben Okafor": State.SILENT, "Anna Müller": State.READY}


def test_two_learners_of_one_name_are_not_mixed_up() -> None:
    twins = [learner("Anna Müller", f"Participant {number}") for number in (1, 4711)]
    found = of({f"{MOODLE}/r.json": document()}, twins)
    assert [person.state for person in found.people] == [State.SILENT, State.READY]
    found = of({"Anna Müller_5_assignsubmission_file/r.json": document()}, twins)
    assert [(p.state, p.on_roster) for p in found.people][-1] == (State.READY, False)


def test_namesakes_without_a_roster_are_two() -> None:
    """Of one download, by their numbers; of two, one of the same name is the same learner. Where a
    system hides the names, all are called alike.
    """
    places = ("w1/Anna M_1", "w1/Anna M_2", "w1/Ben_3", "w2/Ben_4", "w1/Teil_5", "w1/Teil_6")
    seen = of({f"{place}_assignsubmission_file/r.json": document() for place in places})
    assert sorted(person.name for person in seen.people) == [
        "Anna M, Participant 1",
        "Anna M, Participant 2",
        "Ben",
        "Teil, Participant 5",
        "Teil, Participant 6",
    ]


def test_without_a_name_each_file_is_somebody() -> None:
    found = of({"a/report.json": document(), "b/report.json": STUCK})
    assert states(found) == {"b/report.json": State.STUCK, "a/report.json": State.READY}


def test_the_chapter_that_most_are_about_unless_one_is_named() -> None:
    files = {
        "1.json": document(alias="a"),
        "2.json": document(alias="b"),
        "3.json": document(alias="c", chapters=["chapter1"]),
        "4.json": document(alias="d", chapters=["chapter1", "chapter2"]),
    }
    found = of(files)
    assert (found.chapter, [*states(found)]) == ("chapter2", ["a", "b", "d"])
    assert found.other_chapters == {"chapter1": 1}
    found = of(files, asked=Asked("chapter1"))
    assert [*states(found)] == ["c", "d"]
    assert of(files, asked=Asked("chapter9")).nothing_read


def test_stale_is_what_another_revision_than_the_newest_has() -> None:
    old = document(course={"id": "ml", "revision": "1"}, started="2026-11-01T10:00:00Z", alias="a")
    found = of({"1.json": old, "2.json": document(alias="b")})
    assert states(found) == {"a": State.STALE, "b": State.READY}
    assert not found.all_ready
    assert of({"2.json": document(alias="b")}).all_ready


def test_a_file_that_cannot_be_read_may_be_anybodys() -> None:
    """Where no roster says who they all are, somebody may be missing among those who are ready."""
    files: Mapping[str, Mapping[str, Any] | bytes]
    files = {f"{MOODLE}/r.json": document(), "x.json": b"{"}
    assert of(files, [ANNA]).all_ready
    assert not of(files).all_ready and not of(files, [ANNA, BEN]).all_ready


def test_a_clock_that_is_ahead_makes_nobody_stale() -> None:
    ahead = document(
        course={"id": "ml", "revision": "9"}, started="2031-01-01T10:00:00Z", alias="a"
    )
    found = of({"1.json": ahead, "2.json": document(alias="b")})
    assert states(found) == {"a": State.STALE, "b": State.READY}


def test_causes_are_grouped_by_code_and_system() -> None:
    files = {
        "1.json": document("not-ready", [cause()], alias="a", system="Windows"),
        "2.json": document("not-ready", [cause()], alias="b", system="Windows"),
        "3.json": document("not-ready", [cause(), cause("disk-low", "warning")], alias="c"),
        "4.json": document(causes=[cause("disk-low", "warning")], alias="d"),
    }
    kernel, disk = of(files).groups
    assert (kernel.code, kernel.count, kernel.error) == ("kernelspec-other-python", 3, True)
    assert dict(kernel.people) == {"Windows": ("a", "b"), "Linux": ("c",)}
    assert (disk.code, disk.count, disk.error) == ("disk-low", 2, False)


def test_versions_are_counted_of_the_newest_reports() -> None:
    found = of({"1.json": document(alias="a"), "2.json": document(alias="b", system="Windows")})
    assert found.versions["Python"] == {"3.12.4": 2}
    assert found.versions["System"] == {"Linux": 1, "Windows": 1}


@pytest.mark.parametrize("files", [{}, {"x.txt": b"hello"}])
def test_nothing_that_can_be_read(files: dict[str, bytes]) -> None:
    found = of(files)
    assert found.nothing_read
    assert found.people == ()
