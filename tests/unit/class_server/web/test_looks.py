"""A class is looked at once for all who ask, nobody waits for a page that is made, and what
somebody did is seen by everybody at once, whichever server process they ask.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tests.unit.class_server.made import body
from tests.unit.class_server.web.running import Browser, Running, running, served

from envcheck.classroom import data, html
from envcheck_class.store import database
from envcheck_class.store.database import Database
from envcheck_class.web import board, login, looks, pages, view

PAGES = ("/", "/projector", "/?find=f", "/class.csv", "/checks", "/learner/1")


@pytest.fixture
def ada(sqlite_server: Running) -> Browser:
    """Who is logged in to a class with a report."""
    sqlite_server.send(body(stuck=True))
    browser = Browser(sqlite_server)
    browser.log_in(sqlite_server.codes.instructor, "Ada <b>")
    return browser


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[int]]:
    """In which threads what takes long was done."""
    seen: dict[str, list[int]] = {}

    def watch(place: Any, name: str) -> None:
        real = getattr(place, name)

        def watching(*given: Any, **named: Any) -> Any:
            seen.setdefault(name, []).append(threading.get_ident())
            return real(*given, **named)

        monkeypatch.setattr(place, name, watching)

    watch(pages, "text")
    watch(view, "see")
    watch(view, "content")
    watch(data, "as_csv")
    watch(html, "learner")
    watch(board, "called_so")
    watch(login, "inside")  # in the loop
    return seen


def test_pages_are_made_beside_the_loop(ada: Browser, threads: dict[str, list[int]]) -> None:
    for path in PAGES:
        assert ada.get(path).status == 200
    [loop] = {*threads.pop("inside")}
    assert {*threads} == {"text", "see", "content", "as_csv", "learner", "called_so"}
    assert loop not in {one for own in threads.values() for one in own}


def test_they_are_made_once_for_everybody(ada: Browser, threads: dict[str, list[int]]) -> None:
    """Each viewer has their own name and forms all the same."""
    bob = Browser(ada.server)
    bob.log_in(ada.server.codes.instructor, "Bob")
    threads.clear()
    with ThreadPoolExecutor(8) as pool:
        texts = [*pool.map(lambda browser: browser.get("/").text, [ada, bob] * 8)]
    assert [len(threads[name]) for name in ("see", "content", "text")] == [1, 1, 1]
    for text, own, other in ((texts[0], "Ada &lt;b&gt;", "Bob"), (texts[1], "Bob", "Ada")):
        assert f"Log out {own}" in text and other not in text
        assert board.ME not in text and board.CSRF not in text
    helper = Browser(ada.server)
    helper.log_in(ada.server.codes.helper)
    assert "Send the hint" in texts[0] and "Send the hint" not in helper.get("/").text
    assert bob.submit("/learner/1/claim").status == 303


@pytest.fixture
def two(kept: Database, tmp_path: Path) -> Iterator[tuple[Running, Running]]:
    """Two server processes, as far as they know of each other: each has its own of everything."""
    with running(kept) as one:
        if kept.engine.dialect.name == "sqlite":
            again = database.in_folder(tmp_path / "data")
        else:
            again = database.at(kept.engine.url.render_as_string().replace("+psycopg", ""))
        with served(again, one.codes) as other:
            yield one, other
        again.close()


def test_what_somebody_did_is_seen_at_once_at_every_server(two: tuple[Running, Running]) -> None:
    one, other = two
    one.send(body(stuck=True))
    ada, bob = Browser(one), Browser(other)
    ada.log_in(one.codes.instructor, "Ada")
    bob.log_in(one.codes.helper, "Bob")
    for number in range(3):
        assert ada.submit("/learner/1/claim").status == 303
        assert "Ada is with them" in bob.get("/").text
        assert bob.submit("/learner/1/solve", how=f"way {number}").status == 303
        assert f"way {number}" in ada.get("/learner/1").text
        other.send(body(f"learner{number}"), Envcheck_Key=f"{number:064x}")
        assert f"learner{number}" in ada.get("/").text


def test_few_classes_are_kept_to_be_looked_at(
    kept: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "MOST", 1)
    with running(kept) as one, running(kept, name="tuesday") as other:
        for server in (one, other, one):
            server.send()
            browser = Browser(server)
            browser.log_in(server.codes.instructor)
            assert "1 of 1 ready" in browser.get("/").text


def test_a_look_says_how_long_ago_it_is_by_the_clock(
    ada: Browser, threads: dict[str, list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where nothing arrives any more."""
    ada.get("/")
    monkeypatch.setattr(looks, "GOOD", 0.0)
    ada.get("/")
    assert len(threads["see"]) == 2


def test_what_failed_once_is_made_again() -> None:
    """An error is told to who asked, and to nobody who asks later."""
    nothing: Any = None
    look, tried = looks.Look(nothing, nothing, nothing, 0.0), list[int]()

    def make() -> str:
        tried.append(1)
        if len(tried) == 1:
            raise OSError("away")
        return "page"

    async def asked() -> str:
        with pytest.raises(OSError, match="away"):
            await look.once("page", make)
        assert await look.once("page", make) == "page"
        return str(await look.once("page", make))

    assert (asyncio.run(asked()), len(tried)) == ("page", 2)
