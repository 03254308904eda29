"""What everybody in the room sees."""

from __future__ import annotations

import pytest
from tests.unit.class_server.made import body
from tests.unit.class_server.web.running import running
from tests.unit.class_server.web.test_board import instructor
from tests.unit.engine.classroom.class_reports import cause

from envcheck_checks.courses.ml_for_software_engineers import COURSE
from envcheck_class.store.database import Database

pytestmark = pytest.mark.slow


def test_the_wall_shows_no_word_of_a_learner(kept: Database) -> None:
    """And one learner with another revision, whose clock is ahead, makes nobody stale."""
    course = {"id": COURSE.id, "revision": "zz", "title": "xyzzy"}
    with running(kept) as server:
        for number, alias in enumerate(("ant", "bee", "cat")):
            server.send(body(alias), Envcheck_Key=f"0{number}" * 32)
        evil = body(
            "mal",
            stuck=True,
            course=course,
            envcheck="xyzzy",
            diagnoses=[cause("x xyzzy stinks", summary="xyzzy")],
            started="2127-01-01T00:00:00Z",
        )
        server.send(evil, Envcheck_Key="09" * 32)
        text = instructor(server).get("/projector").text
        assert "xyzzy" in instructor(server).get("/").text
    assert "xyzzy" not in text and "another cause" in text
    assert "3 of 4 ready" in text
