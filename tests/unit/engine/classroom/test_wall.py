"""What everybody sees holds no word that a learner's report brought."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.engine.classroom.class_reports import NOW, cause, document, file
from tests.unit.engine.classroom.test_overview import ANNA

from envcheck.classroom.html import render
from envcheck.classroom.message import Catalogue
from envcheck.classroom.overview import Asked, Overview, overview
from envcheck.classroom.text import Page
from envcheck.classroom.wall import for_the_wall
from envcheck_checks.courses.ml_for_software_engineers import COURSE

CATALOGUE = Catalogue([COURSE])
WORD = "xyzzy"
FIXED = ("schema", "started", "verdict", "severity", "status")


def everywhere(value: Any, word: str) -> Any:
    """The report with this in every text, names of things among them."""
    if isinstance(value, dict):
        return {k: v if k in FIXED else everywhere(v, word) for k, v in value.items()}
    if isinstance(value, list):
        return [everywhere(one, word) for one in value]
    return word if isinstance(value, str) else value


def shown(seen: Overview) -> str:
    page = render(seen, CATALOGUE, projector=True)
    return page[page.index("</style>") :] + Page(100, projector=True).render(seen, CATALOGUE)


@given(
    st.sampled_from((WORD, f"3.12.{WORD}", f"kernel-{WORD}", f"Linux {WORD}", f"{WORD}\n1.2")),
    st.booleans(),
    st.sampled_from((Asked(), Asked("chapter2"), Asked(courses=(COURSE,)))),
)
def test_no_word_of_a_report(word: str, others_too: bool, asked: Asked) -> None:
    """In no text of it, whether the chapter is named or chosen by what they sent."""
    report = everywhere(document("not-ready", [cause(), cause(severity="warning")]), word)
    if asked.chapter:
        report["chapters"] = [word, asked.chapter]
    files = [file(f"{word}.txt", b"x"), file("1", {**report, "alias": word}), file("2", report)]
    if others_too:
        files.append(file(f"{word}/3", document("not-ready", [cause("disk-low")])))
    told = shown(overview(files, [ANNA], asked, NOW))
    assert WORD not in told
    assert "Anna" not in told


def test_what_is_ours_is_shown() -> None:
    """And what is not is counted together, each learner once."""
    own = {"id": COURSE.id, "revision": COURSE.revision, "title": WORD}
    evil = [cause("x Reinhard stinks"), cause("go-home")]
    files = [
        file("1", document("not-ready", [cause(), *evil], alias="a", course=own)),
        file("2", document("not-ready", evil[:1], alias="b", system="Mine", course=own)),
        file("3", document(alias="c", envcheck="2000000000", course=own)),
    ]
    told = Page(projector=True).render(
        overview(files, None, Asked(courses=(COURSE,)), NOW), CATALOGUE
    )
    assert told.startswith(f"{COURSE.title}, chapter 2: 3 reports of 3 learners.")
    assert "kernelspec-other-python: 1 of 3 (Linux 1)" in told
    assert "another cause: 2 of 3 (Linux 1, another system 1)" in told
    assert "envcheck: 0.1.0 (2), another (1)" in told


@pytest.mark.parametrize("projector", [True, False])
def test_the_word_is_there_for_the_instructor(projector: bool) -> None:
    """So that the test above looks for something."""
    report = everywhere(document("not-ready", [cause()]), WORD)
    seen = overview([file("1", report)], None, Asked(), NOW)
    assert (WORD in render(seen, CATALOGUE, projector=projector)) is not projector


def test_the_value_itself_holds_none() -> None:
    """Whatever is drawn from it one day."""
    report = everywhere(document("not-ready", [cause()]), WORD)
    walled = for_the_wall(overview([file("1", report)], None, Asked(), NOW), CATALOGUE)
    kept = dataclasses.replace(walled, subject=None)  # type: ignore[arg-type]  # for measuring alone
    assert WORD not in json.dumps(dataclasses.asdict(kept), default=str)
