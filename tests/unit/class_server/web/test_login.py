from __future__ import annotations

import time

import pytest
from tests.unit.class_server.made import open_class
from tests.unit.class_server.web.running import Browser, Running

from envcheck_class.web import site

pytestmark = pytest.mark.slow

FOR_EVERYBODY = {"/login", "/{code}", "/static/page.css", "/static/live.js"}
FOR_PROGRAMS = {"/live", "/state"}  # of the page itself
PAGES = [
    route.path.replace("{id:int}", "1")
    for route in site.routes()
    if "GET" in (route.methods or ()) and route.path not in FOR_EVERYBODY | FOR_PROGRAMS
]
ACTS = ("/learner/1/claim", "/learner/1/release", "/learner/1/solve", "/hint")


@pytest.mark.parametrize("role", ["instructor", "helper"])
def test_in_and_out_again(server: Running, role: str) -> None:
    browser = Browser(server)
    got = browser.log_in(getattr(server.codes, role).lower(), "Ada")
    assert got.status == 303
    for word in ("HttpOnly", "SameSite=strict", "Path=/"):
        assert word in got.headers["set-cookie"]
    assert "Log out Ada" in browser.get("/").text
    assert browser.submit("/logout").status == 303
    assert browser.get("/").headers["location"] == "/login"


def test_no_other_code_logs_in(sqlite_server: Running) -> None:
    for code in (sqlite_server.codes.learner, "0" * 20, "", "x", "\x00", "é" * 30):
        browser = Browser(sqlite_server)
        got = browser.log_in(code)
        assert got.status == 403 and "set-cookie" not in got.headers
        assert code not in got.text or not code.strip() or code == "x"


def test_nobody_sees_a_class_who_is_not_logged_in(sqlite_server: Running) -> None:
    sqlite_server.send()
    for cookie in ("", "envcheck-class=", "envcheck-class=x", f"envcheck-class={'a' * 43}"):
        browser = Browser(sqlite_server)
        browser.cookie = cookie
        for path in PAGES:
            got = browser.get(path)
            assert (got.status, got.body) == (303, b"")
        assert browser.get("/live").status == 401
        assert browser.get("/state").status == 401
        for path in ACTS:
            assert browser.post(path).headers["location"] == "/login"


def test_a_class_shows_nothing_of_another(server: Running) -> None:
    server.send()
    other = open_class(server.database, "tuesday", now=time.time())
    browser = Browser(server)
    browser.log_in(other.instructor)
    for path in ("/", "/class.csv", "/checks"):
        assert "fox" not in browser.get(path).text
    assert 'id="called">Called so <span class="muted">(0)' in browser.get("/?find=fox").text
    assert browser.get("/learner/1").status == 404
    assert browser.submit("/learner/1/claim").status == 409


def test_forms_of_others_do_nothing(sqlite_server: Running) -> None:
    sqlite_server.send()
    browser = Browser(sqlite_server)
    browser.log_in(sqlite_server.codes.instructor)
    for path in ACTS:
        for csrf in ({}, {"csrf": ""}, {"csrf": "0" * 64}):
            assert browser.post(path, **csrf).status == 403
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert sqlite_server.ask("POST", "/login", b"code=x", cross).status == 403


@pytest.mark.parametrize("data", [b"\xff", b"a=1&" * 500, b"x" * 100_000, b"", b"%", b"csrf=%FF"])
def test_what_is_no_form(sqlite_server: Running, data: bytes) -> None:
    browser = Browser(sqlite_server)
    browser.log_in(sqlite_server.codes.helper)
    for path in ("/login", "/logout", *ACTS):
        got = sqlite_server.ask("POST", path, data, {"Cookie": browser.cookie})
        assert got.status in (303, 403)
