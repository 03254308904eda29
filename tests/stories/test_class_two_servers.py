"""Two server processes on one PostgreSQL, as they are started: it is one class."""

from __future__ import annotations

import re
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from tests.stories.class_commands import opened_in, served, typed
from tests.unit.class_server.class_databases import postgresql
from tests.unit.class_server.made import body
from tests.unit.class_server.web.running import Answer, Browser, Running
from tests.unit.engine.classroom.class_reports import STUCK

from envcheck_class.store import database
from envcheck_class.store.classes import Codes

pytestmark = pytest.mark.slow
HINT = "Row 3: choose the other kernel."


@pytest.fixture
def both() -> Iterator[tuple[Running, Running, str]]:
    """Both servers, and the address of their database."""
    with postgresql(Path(tempfile.gettempdir(), f"pg-{secrets.token_hex(4)}")) as address:
        there = ("--database", address)
        codes = opened_in(*there)
        known = Codes(codes.learner, codes.helper, codes.instructor)
        place = database.at(address)
        with served(*there) as (_, first), served(*there) as (_, second):
            ports = [int(url.rpartition(":")[2]) for url in (first, second)]
            yield Running(ports[0], known, place), Running(ports[1], known, place), address
        place.close()


def at_once(*asked: Callable[[], Answer]) -> list[Answer]:
    """What is answered to these, asked at the same moment."""
    with ThreadPoolExecutor(len(asked)) as pool:
        return [*pool.map(lambda ask: ask(), asked)]


@pytest.mark.whole
def test_the_same_at_both_at_the_same_moment(both: tuple[Running, Running, str]) -> None:
    """A replay, a claim, a hint, a login, what a page shows, and the end: either server knows."""
    first, second, address = both
    for number in range(8):
        data = body("fox", stuck=True, seconds=float(number))
        answers = at_once(partial(first.send, data), partial(second.send, data))
        assert sorted(one.status for one in answers) == [200, 201]
        assert answers[0].json == answers[1].json
    other = second.send(body("fox", seconds=99.0), Envcheck_Key="cd" * 32)
    assert (other.status, other.json["machine"]) == (201, 2)
    ada, bob = Browser(first), Browser(second)
    ada.log_in(first.codes.instructor, "Ada")
    bob.log_in(second.codes.helper, "Bob")
    _claims(ada, bob)
    ada.server = second  # a proxy sends her to the other one
    code = STUCK["diagnoses"][0]["code"]
    assert ada.submit("/hint", code=code, text=HINT).status == 303
    time.sleep(1.1)  # what a server has read of a class is good for a second
    hinted = first.send(body("owl", stuck=True), Envcheck_Key="ef" * 32)
    assert [hint["text"] for hint in hinted.json["hints"]] == [HINT]
    assert all("owl" in one.get("/").text for one in (ada, bob))
    typed("close", "monday", "--database", address)
    assert [at.send(body("cat", seconds=7.0)).status for at in (first, second)] == [410, 410]


def _claims(ada: Browser, bob: Browser) -> None:
    """Both press the button, again and again."""
    fields = [(one, _csrf(one)) for one in (ada, bob)]
    for _ in range(8):
        answers = at_once(
            *(partial(who.post, "/learner/1/claim", csrf=csrf) for who, csrf in fields)
        )
        assert sorted(one.status for one in answers) == [303, 409]
        shown = [one.get("/learner/1").text for one in (ada, bob)]
        assert [
            {name for name in ("Ada", "Bob") if f"{name} is with" in text} for text in shown
        ] in (
            [{"Ada"}, {"Ada"}],
            [{"Bob"}, {"Bob"}],
        )
        assert bob.post("/learner/1/release", csrf=fields[1][1]).status == 303


def _csrf(who: Browser) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', who.get("/").text)
    assert found is not None
    return found[1]
