"""A PostgreSQL that is stopped and started again under a running server."""

from __future__ import annotations

import secrets
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from tests.pace import within
from tests.unit.class_server.class_databases import away, frozen, postgresql
from tests.unit.class_server.made import body
from tests.unit.class_server.web.running import Answer, Browser, Running, running
from tests.variants import variants

from envcheck_class.store import bounded, database, migrate, reading
from envcheck_class.store.database import Database
from envcheck_class.store.tables import TABLES
from envcheck_class.web import desk, writer
from envcheck_class.web.desk import Limits

pytestmark = pytest.mark.slow
SOON = 20.0  # seconds
UNBOUNDED = Limits(a_second=1e6, at_once=1e6)  # who is refused again and again sends fast
WAITING = ((writer, "ANSWER"), (desk, "ANSWER"), (bounded.Bounded, "longest"))


@dataclass(frozen=True)
class Sent:
    """A report, and what came back."""

    data: bytes
    key: str
    got: Answer


@pytest.fixture(scope="module")
def postgresql_address() -> Iterator[str]:
    """A real server. Its socket's path must be short."""
    with postgresql(Path(tempfile.gettempdir(), f"pg-{secrets.token_hex(4)}")) as address:
        yield address


@pytest.fixture
def on_postgresql(postgresql_address: str) -> Iterator[Database]:
    place = database.at(postgresql_address)
    migrate.to_newest(place)
    yield place
    TABLES.drop_all(place.engine)
    with place.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    place.close()


@contextmanager
def sending(server: Running, learners: int) -> Iterator[list[Sent]]:
    """Learners who send again and again, each with its key, and all that they were answered."""
    over, answered = threading.Event(), list[Sent]()

    def one(number: int) -> None:
        seconds = 0.0
        while not over.wait(0.02):
            seconds += 1
            data, key = body(f"a{number}", seconds=seconds), f"{number:064x}"
            answered.append(Sent(data, key, server.send(data, Envcheck_Key=key)))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(learners)]
    for thread in threads:
        thread.start()
    try:
        yield answered
    finally:
        over.set()
        for thread in threads:
            thread.join()


def until(statuses: set[int], answered: list[Sent]) -> None:
    """Wait for one that is answered so from now on."""
    from_here, deadline = len(answered), time.monotonic() + within(SOON)
    while not any(one.got.status in statuses for one in answered[from_here:]):
        assert time.monotonic() < deadline, [one.got.status for one in answered[from_here:]]
        time.sleep(0.02)


@pytest.mark.whole
@pytest.mark.parametrize("how", variants(["immediate", "fast"], ["immediate"]))
def test_it_goes_and_comes_back_under_load(
    on_postgresql: Database, postgresql_address: str, how: str
) -> None:
    """Meanwhile everybody is told to come again; afterwards all goes on by itself, and nothing that
    was answered 201 is gone.
    """
    with running(on_postgresql, UNBOUNDED) as server:
        instructor = Browser(server)
        instructor.log_in(server.codes.instructor, "Ada")
        with sending(server, 4) as answered:
            until({201}, answered)
            with away(postgresql_address, how):
                until({503}, answered)
                time.sleep(1.1)  # what was read of the class is good for a second
                page = instructor.get("/")
                known = {"Authorization": f"Bearer {server.codes.learner}"}
                told = server.ask("GET", "/api/v1/class", headers=known)
                assert (page.status, told.status) == (503, 503)
                assert "does not answer" in page.text and int(told.headers["retry-after"]) > 0
            until({201}, answered)
        assert instructor.get("/").status == 200
        nothing_is_lost(server, answered)


def test_it_is_frozen_for_a_while(
    on_postgresql: Database, postgresql_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes connections, and answers nothing: everybody is told so in time, and afterwards all
    goes on by itself.
    """
    with running(on_postgresql, UNBOUNDED) as server:
        instructor = Browser(server)
        instructor.log_in(server.codes.instructor, "Ada")
        with sending(server, 2) as answered:
            until({201}, answered)
            with frozen(postgresql_address), monkeypatch.context() as impatient:
                for place, name in WAITING:
                    impatient.setattr(place, name, 0.5)
                until({503}, answered)
                assert instructor.get("/").status == 503
            until({201}, answered)
        assert instructor.get("/").status == 200
        nothing_is_lost(server, answered)


def nothing_is_lost(server: Running, answered: list[Sent]) -> None:
    """Each was answered as it should, and what was not kept is, when it comes again."""
    for one in answered:
        assert one.got.status in (201, 503), one
        if one.got.status == 503:
            assert one.got.error == "not-now" and int(one.got.headers["retry-after"]) > 0
            assert server.send(one.data, Envcheck_Key=one.key).status in (200, 201)
    with server.database.reading() as connection:
        there = {one.body for one in reading.of_class(connection, 1)}
    assert {one.data for one in answered} <= there


def test_a_page_that_is_open_stays_so(on_postgresql: Database, postgresql_address: str) -> None:
    """Its events go on when the database is back: it is told of what arrives then."""
    with running(on_postgresql, UNBOUNDED) as server:
        instructor = Browser(server)
        instructor.log_in(server.codes.instructor, "Ada")
        url, cookie = f"http://127.0.0.1:{server.port}/live", {"Cookie": instructor.cookie}
        with requests.get(url, headers=cookie, stream=True, timeout=SOON) as events:
            told = events.iter_lines(chunk_size=1)
            first = next(told)
            with away(postgresql_address, "immediate"):
                time.sleep(1.5)
            assert server.send(body()).status == 201
            assert any(line.startswith(b"data: ") and line != first for line in told)
