"""The class's page as a browser without JavaScript gets it."""

from __future__ import annotations

import contextlib
import csv
import http.client
import io
import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from tests.pace import within
from tests.unit.class_server.made import body
from tests.unit.class_server.web.running import Browser, Running, running
from tests.unit.engine.classroom.class_reports import cause, check

from envcheck.classroom.handed_in import receipt
from envcheck.classroom.roster import Learner, letters
from envcheck_class.store import classes
from envcheck_class.store.database import Database
from envcheck_class.web import board

pytestmark = pytest.mark.slow

ROSTER = [
    Learner("Reinhard Fuchs", frozenset({"fox"}), letters("Reinhard Fuchs")),
    Learner("Kim Park", frozenset({"kim"}), frozenset()),
]
ZOO = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "</title><svg onload=alert(1)>",
    "javascript:alert(1)",
    "{{ 7 * 7 }}",
    "`<b>`",
    "<!--",
    "]]>",
    "&lt;script&gt;",
    '=HYPERLINK("http://x")',
    "@SUM(1)",
)


class Tags(HTMLParser):
    """Every element and attribute of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name in ("href", "src", "action")}


def instructor(server: Running) -> Browser:
    browser = Browser(server)
    browser.log_in(server.codes.instructor, "Ada")
    return browser


def test_the_silent_stand_on_top_and_who_waits_longest_first(kept: Database) -> None:
    with running(kept, roster=ROSTER) as server:
        server.send(body("owl", stuck=True), Envcheck_Key="01" * 32)
        server.send(body("fox", stuck=True), Envcheck_Key="02" * 32)
        server.send(body("ant"), Envcheck_Key="03" * 32)
        text = instructor(server).get("/").text
    order = [
        "Silent",
        "Kim Park",
        "Needs help now",
        ">owl (not in the roster)<",
        ">Reinhard Fuchs<",
        "What they meet",
    ]
    places = [text.index(word) for word in order]
    assert places == sorted(places)
    assert "1 of 4 ready" in text
    assert "kernelspec-other-python" in text and "Time to ready" in text


def test_somebody_is_found_by_a_part_of_their_name(kept: Database) -> None:
    """Who has sent nothing too; the words that were looked for are shown as text."""
    with running(kept, roster=ROSTER) as server:
        server.send(body("fox", stuck=True))
        browser = instructor(server)
        for words, shown in (("FUCHS", "Reinhard Fuchs"), ("kim", "Kim Park")):
            text = browser.get(f"/?find={words}").text
            found = text.partition('id="called"')[2].partition("</section>")[0]
            assert "(1)" in found and f">{shown}<" in found
            assert f'data-part="/?find={words}"' in text
        assert "(0)" in browser.get("/?find=nobody").text.partition('id="called"')[2]
        assert "<b>" not in browser.get("/?find=%3Cb%3E").text
        assert "called" not in browser.get("/?find=").text
        assert "Fuchs" not in browser.get("/projector?find=fuchs").text


def test_the_wall_shows_no_name(kept: Database) -> None:
    with running(kept, roster=ROSTER) as server:
        server.send(body("fox", stuck=True))
        text = instructor(server).get("/projector").text
    assert "Fuchs" not in text and "Kim" not in text and "fox" not in text
    assert "0 of 2 ready" in text


def test_a_second_machine_stands_beside_the_first(server: Running) -> None:
    server.send()
    server.send(body(stuck=True), Envcheck_Key="cd" * 32)
    text = instructor(server).get("/").text
    assert "fox, machine 2" in text and "1 of 1 ready" in text
    assert "1 more machine sends under an alias that has one: shown, and not counted." in text


def test_a_forged_alias_hides_nobody(kept: Database) -> None:
    """Who is stuck stays on the page when somebody sends under their name, or their alias spelled
    otherwise; the one page leads to each.
    """
    with running(kept, roster=ROSTER) as server:
        server.send(body("fox", stuck=True), Envcheck_Key="01" * 32)
        for number, alias in enumerate(("FOX", "Reinhard Fuchs", "R. Fuchs"), 2):
            sent = body(alias, started=f"2026-11-28T11:0{number}:00Z")
            server.send(sent, Envcheck_Key=f"{number:02}" * 32)
        browser = instructor(server)
        text = browser.get("/").text
        assert "1 of 3 ready" in text and ">Reinhard Fuchs<" in text
        assert "Reinhard Fuchs, machine 2" in text and "Reinhard Fuchs, machine 3" in text
        assert "Reinhard Fuchs: stuck" in browser.get("/learner/1").text
        assert "R. Fuchs (not in the roster)" in text


def test_summaries_of_a_megabyte_leave_the_page_as_it_is(sqlite_server: Running) -> None:
    """They are cut on the class's page; on the learner's own it opens."""
    usual = len(instructor(sqlite_server).get("/").text)
    vast = "\u202e<b>" * 60_000
    bad = {**cause(summary=vast), "evidence": {"found": vast[:90_000]}}
    rows = [check("python"), {**check("kernel", "fail"), "summary": vast[:60_000]}]
    sent = sqlite_server.send(body(stuck=True, diagnoses=[bad], checks=rows))
    assert sent.status == 201
    browser = instructor(sqlite_server)
    assert len(browser.get("/").text) < usual + 5_000
    assert browser.get("/learner/1").status == 200
    assert len(browser.get("/class.csv").text) < 1_000
    assert len(browser.get("/checks").text) < 5_000


def test_one_learner_with_what_changed(server: Running) -> None:
    server.send(body(stuck=True))
    server.send(body(started="2026-11-28T11:00:00Z"))
    text = instructor(server).get("/learner/1").text
    assert "kernelspec-other-python is gone" in text
    assert "Kernel was fail, is pass" in text
    assert instructor(server).get("/learner/99").status == 404
    assert instructor(server).get("/learner/99999999999999999999").status == 404


def test_two_helpers_and_one_of_them_gets_it(server: Running) -> None:
    server.send(body(stuck=True))
    ada, bob = Browser(server), Browser(server)
    ada.log_in(server.codes.helper, "Ada")
    bob.log_in(server.codes.helper, "Bob")
    assert sorted(
        [ada.submit("/learner/1/claim").status, bob.submit("/learner/1/claim").status]
    ) == [
        303,
        409,
    ]
    assert "Ada is with them" in bob.get("/").text
    ada.submit("/learner/1/solve", how="chose the other kernel")
    assert "chose the other kernel" in bob.get("/").text
    assert bob.submit("/learner/1/claim").status == 303
    bob.submit("/learner/1/release")
    assert "is with them" not in ada.get("/learner/1").text


def test_a_hint_is_sent_by_the_instructor_alone(server: Running) -> None:
    helper = Browser(server)
    helper.log_in(server.codes.helper)
    code = cause()["code"]
    assert helper.submit("/hint", code=code, text="hello").status == 403
    ada = instructor(server)
    assert ada.submit("/hint", code=code, text="").status == 400
    assert (
        ada.submit("/hint", code=code, text="Take \x1b[2Jthe other kernel" + "!" * 400).status
        == 303
    )
    time.sleep(1.1)  # what a server process read of a class is good for a second
    [hint] = server.send(body(stuck=True)).json["hints"]
    assert hint["text"].startswith("Take the other kernel!!!") and len(hint["text"]) == 300


def test_nothing_that_a_report_says_becomes_markup(sqlite_server: Running) -> None:
    """The zoo in every field that a page shows."""
    for number, beast in enumerate(ZOO):
        bad = {
            **cause(code=beast, summary=beast, check=beast),
            "evidence": {"found": beast, "wanted": beast, "looked_in": beast},
        }
        bad["fixes"][0].update(
            title=beast, shell=dict.fromkeys(("posix", "powershell", "cmd"), beast)
        )
        sent = sqlite_server.send(
            body(
                beast,
                stuck=True,
                diagnoses=[bad],
                checks=[{**check("x", "fail"), "id": beast, "title": beast, "summary": beast}],
                envcheck=beast,
                course={"id": beast, "revision": beast, "title": beast},
            ),
            Envcheck_Key=f"{number:064x}",
        )
        assert sent.status == 201, sent.text
    browser = instructor(sqlite_server)
    browser.submit("/learner/1/claim")
    browser.submit("/learner/1/solve", how=ZOO[0])
    plain = Tags()
    plain.feed(_template_tags())
    for path in ("/", "/projector", *(f"/learner/{id}" for id in range(1, len(ZOO) + 1))):
        got = browser.get(path)
        assert got.status == 200
        assert "script-src 'self'" in got.headers["content-security-policy"]
        tags = Tags()
        tags.feed(got.text)
        assert tags.found <= plain.found and tags.attributes <= plain.attributes
        assert all(link.startswith(("/", "#s-")) for link in tags.links), tags.links


def _template_tags() -> str:
    """What our templates themselves are made of."""
    from importlib import resources

    folder = resources.files("envcheck_class.web") / "templates"
    sources = [one.read_text("utf-8") for one in folder.iterdir()]
    return re.sub(r"{[{%].*?[%}]}", "", " ".join(sources))


def test_no_cell_of_the_table_is_a_formula(sqlite_server: Running) -> None:
    for number, alias in enumerate(("=1+1", "@x", "+1", "-1", "|x", "%x")):
        sqlite_server.send(body(alias), Envcheck_Key=f"{number:064x}")
    got = instructor(sqlite_server).get("/class.csv")
    rows = [*csv.reader(io.StringIO(got.text))]
    assert len(rows) == 7
    assert receipt(body("=1+1")) in {row[rows[0].index("receipt")] for row in rows}
    assert not any(cell[:1] in "=@+-|%" for row in rows for cell in row if cell)


def test_a_page_is_told_within_a_second(server: Running) -> None:
    browser = instructor(server)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", "/live", headers={"Cookie": browser.cookie})
    events = connection.getresponse()
    assert events.getheader("content-type", "").startswith("text/event-stream")
    before = _event(events)
    assert browser.get("/state").json["version"] == before
    server.send()
    began = time.monotonic()
    after = _event(events)
    assert after != before and time.monotonic() - began < within(3)
    assert browser.get("/state").json["version"] == after
    connection.close()


@contextlib.contextmanager
def listening(browser: Browser) -> Iterator[http.client.HTTPResponse]:
    """A browser's page, which has been told the version as it is."""
    connection = http.client.HTTPConnection("127.0.0.1", browser.server.port, timeout=10)
    with contextlib.closing(connection):
        connection.request("GET", "/live", headers={"Cookie": browser.cookie})
        events = connection.getresponse()
        _event(events)
        yield events


@pytest.mark.parametrize("how", ["logged out", "another login", "forgotten"])
def test_who_is_not_logged_in_any_more_hears_nothing(sqlite_server: Running, how: str) -> None:
    """Not at the next change either: the connection ends."""
    server = sqlite_server
    browser = instructor(server)
    with listening(browser) as events:
        if how == "logged out":
            browser.submit("/logout")
        elif how == "another login":
            old = browser.cookie
            browser.log_in(server.codes.helper, "Ada")
            assert server.ask("GET", "/state", headers={"Cookie": old}).status == 401
        else:
            with server.database.writing() as place:
                classes.forget(place, 1)
        server.send()
        assert b"data" not in events.read()


def test_the_end_of_a_login_is_seen_where_nothing_changes(
    sqlite_server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board, "BEAT", 1)
    browser = instructor(sqlite_server)
    with listening(browser) as events:
        browser.submit("/logout")
        assert b"data" not in events.read()


def _event(events: http.client.HTTPResponse) -> str:
    while True:
        line = events.readline().decode().strip()
        if line.startswith("data: "):
            return line.removeprefix("data: ")


def test_a_report_that_only_we_can_read(sqlite_server: Running) -> None:
    """Keys that we do not know may hold what Python's own reader refuses: the page stays whole."""
    data = body(stuck=True)[:-1] + b', "later": ' + b"9" * 5000 + b"}"
    assert sqlite_server.send(data).status == 201
    got = instructor(sqlite_server).get("/learner/1")
    assert got.status == 200 and "kernelspec-other-python" in got.text
