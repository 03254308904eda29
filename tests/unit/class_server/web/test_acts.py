"""An alias that strangers have filled up is given back to its learner by the instructor."""

from __future__ import annotations

import pytest
from tests.unit.class_server.made import body
from tests.unit.class_server.web.running import Browser, Running

from envcheck_class.store import reading
from envcheck_class.store.machines import MOST_MACHINES

pytestmark = pytest.mark.slow


def browser(server: Running, code: str) -> Browser:
    one = Browser(server)
    one.log_in(code, "Ada")
    return one


def machines(server: Running) -> list[tuple[str, int]]:
    with server.database.reading() as connection:
        return sorted((one.alias, one.machine) for one in reading.of_class(connection, 1))


def test_whom_strangers_have_locked_out_is_let_in(sqlite_server: Running) -> None:
    server = sqlite_server
    for number in range(MOST_MACHINES):
        assert server.send(body("hen"), Envcheck_Key=f"{number:064x}").status == 201
    server.send(body("owl", stuck=True), Envcheck_Key="0f" * 32)
    own = {"Envcheck_Key": "ee" * 32}
    refused = server.send(body("hen"), **own)
    assert (refused.status, refused.error) == (409, "too-many-machines")
    instructor = browser(server, server.codes.instructor)
    text = instructor.get("/").text
    assert text.count(">hen") == 3 and "47 more machines under this name" in text
    assert "Remove the 49 others of this alias" in instructor.get("/learner/7").text
    done = instructor.submit("/learner/7/remove-others")
    assert (done.status, done.headers["location"]) == (303, "/learner/7")
    assert machines(server) == [("hen", 7), ("owl", 1)]
    assert server.send(body("hen"), **own).status == 201
    assert instructor.submit("/learner/7/remove").headers["location"] == "/"
    assert machines(server) == [("hen", 8), ("owl", 1)]
    assert "more machines" not in instructor.get("/").text


def test_no_helper_and_no_other_class_removes_any(sqlite_server: Running) -> None:
    server = sqlite_server
    server.send()
    helper = browser(server, server.codes.helper)
    assert "/remove" not in helper.get("/learner/1").text
    for path in ("/learner/1/remove", "/learner/1/remove-others"):
        assert helper.submit(path).status == 403
        assert browser(server, server.codes.instructor).post(path).status == 403  # no form of ours
        assert Browser(server).post(path).headers["location"] == "/login"
    assert machines(server) == [("fox", 1)]
    instructor = browser(server, server.codes.instructor)
    assert instructor.submit("/learner/99/remove").status == 303
    assert instructor.submit(f"/learner/{1 << 70}/remove-others").status == 303
    assert machines(server) == [("fox", 1)]
