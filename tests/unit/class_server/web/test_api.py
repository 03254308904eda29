"""The wire, as docs and OpenAPI have it, over a real connection."""

from __future__ import annotations

import contextlib
import gzip
import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jsonschema
import pytest
from tests.unit.class_server.made import body
from tests.unit.class_server.web.running import KEY, Running, running
from tests.unit.engine.classroom.class_reports import cause

from envcheck.classroom.handed_in import receipt
from envcheck_class.checked.arriving import LARGEST
from envcheck_class.store import classes, database, hints, migrate, reading
from envcheck_class.store.database import Database
from envcheck_class.store.hints import Hint
from envcheck_class.store.machines import MOST_MACHINES
from envcheck_class.web import openapi
from envcheck_class.web.desk import FRESH, Limits

pytestmark = pytest.mark.slow


def bearer(code: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {code}"}


def test_the_class_is_told_before_anything_is_sent(server: Running) -> None:
    got = server.ask("GET", "/api/v1/class", headers=bearer(server.codes.learner.lower()))
    assert got.status == 200
    assert got.json == {
        "name": "monday",
        "chapter": "chapter2",
        "course": "ML for Software Engineers",
        "deletes_after_days": 60,
    }


def test_a_report_is_kept_and_its_replay_changes_nothing(server: Running) -> None:
    first, again = server.send(), server.send()
    assert (first.status, again.status) == (201, 200)
    assert first.json == again.json == {"receipt": receipt(body()), "machine": 1, "hints": []}
    with server.database.reading() as connection:
        [kept] = reading.of_class(connection, 1)
    assert kept.body == body()


def test_another_key_is_a_second_machine(server: Running) -> None:
    server.send()
    assert server.send(body(stuck=True), Envcheck_Key="cd" * 32).json["machine"] == 2
    assert server.send(body(seconds=5)).json["machine"] == 1


def test_ever_other_keys_are_refused(sqlite_server: Running) -> None:
    sent = [
        sqlite_server.send(Envcheck_Key=f"{number:064x}") for number in range(MOST_MACHINES + 2)
    ]
    assert {one.status for one in sent[:-2]} == {201}
    assert [(one.status, one.error) for one in sent[-2:]] == [(409, "too-many-machines")] * 2
    assert "fox has reports from 50 machines already" in sent[-1].json["error"]["message"]
    assert sqlite_server.send(body("owl")).status == 201


def test_nobody_gets_in_without_the_learners_code(server: Running) -> None:
    for given in (
        None,
        "",
        "Bearer",
        "Bearer x",
        f"Bearer {'0' * 20}",
        f"Basic {server.codes.learner}",
        f"Bearer {server.codes.instructor}",
        f"Bearer {server.codes.helper}",
        "Bearer \xff",
    ):
        got = server.send(Authorization=given)
        assert (got.status, got.error) == (401, "no-such-class")
        assert "www-authenticate" in got.headers


@pytest.mark.parametrize(
    ("data", "headers", "status", "code"),
    [
        (b"hello", {}, 400, "not-a-report"),
        (b'{"schema": 2}', {}, 400, "newer-schema"),
        (body(chapters=["chapter3"]), {}, 400, "other-chapter"),
        (body(None), {}, 409, "no-alias"),
        (gzip.compress(body()), {"Content_Encoding": "gzip"}, 400, "not-a-report"),
        (gzip.compress(b" " * 9_000_000), {"Content_Encoding": "gzip"}, 400, "not-a-report"),
        (None, {"Content_Type": "text/plain"}, 415, "not-json"),
        (None, {"Content_Type": None}, 415, "not-json"),
        (None, {"Envcheck_Key": None}, 400, "no-key"),
        (None, {"Envcheck_Key": "x" * 64}, 400, "no-key"),
        (b" " * (LARGEST + 1), {}, 413, "too-large"),
    ],
)
def test_what_is_not_taken(
    sqlite_server: Running,
    data: bytes | None,
    headers: dict[str, str | None],
    status: int,
    code: str,
) -> None:
    got = sqlite_server.send(data, **headers)
    assert (got.status, got.error) == (status, code)
    jsonschema.validate(got.json, openapi.ERROR)
    documented = openapi.document()["paths"]["/api/v1/reports"]["post"]["responses"]
    assert f"`{code}`" in documented[str(status)]["description"]


def test_a_closed_class_takes_nothing_and_shows_itself(server: Running) -> None:
    """At once: also from a server process that has just seen it open."""
    assert server.send(body("owl")).status == 201
    with server.database.writing() as connection:
        classes.close(connection, 1, 5.0)
    got = server.send()
    assert (got.status, got.error) == (410, "closed")
    assert server.ask("GET", "/api/v1/class", headers=bearer(server.codes.learner)).status == 200


def test_a_hint_comes_back_to_whom_it_concerns(server: Running) -> None:
    with server.database.writing() as connection:
        hints.send(connection, 1, Hint(cause()["code"], "Try\x1b[31m the\r\nother kernel", 7.0))
        hints.send(connection, 1, Hint("other", "not for you", 8.0))
    assert server.send(body("owl")).json["hints"] == []
    assert server.send(body(stuck=True)).json["hints"] == [
        {"text": "Try the\nother kernel", "sent": "1970-01-01T00:00:07Z"}
    ]


def test_nothing_else_is_there(sqlite_server: Running) -> None:
    for method, path, status in (
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1/reports", 405),
        ("DELETE", "/api/v1/class", 405),
        ("GET", "/api/v1/openapi.json/", 404),
    ):
        got = sqlite_server.ask(method, path)
        assert got.status == status
        jsonschema.validate(got.json, openapi.ERROR)


def test_the_interface_is_described(sqlite_server: Running) -> None:
    got = sqlite_server.ask("GET", "/api/v1/openapi.json")
    assert got.json["openapi"].startswith("3.1")
    assert set(got.json["paths"]) == {
        "/api/v1/class",
        "/api/v1/reports",
        "/api/v1/openapi.json",
    }


def test_a_class_that_sends_too_much_is_told_when_to_come_back(kept: Database) -> None:
    with running(kept, Limits(a_second=0.001, at_once=2.0)) as server:
        got = [server.send(body(seconds=float(number))) for number in range(3)]
    assert [one.status for one in got] == [201, 201, 429]
    assert int(got[2].headers["retry-after"]) >= 1


def raw(server: Running, *pieces: bytes) -> bytes:
    """Bytes as they are; everything that comes back until the connection ends."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        for piece in pieces:
            connection.sendall(piece)
        got = b""
        while piece := connection.recv(65536):
            got += piece
        return got


def head(server: Running, *lines: str) -> bytes:
    own = (
        "POST /api/v1/reports HTTP/1.1",
        "Host: x",
        f"Authorization: Bearer {server.codes.learner}",
        "Content-Type: application/json",
        f"Envcheck-Key: {KEY}",
        *lines,
    )
    return "".join(f"{line}\r\n" for line in (*own, "")).encode()


def test_a_body_that_never_ends_is_given_up(kept: Database) -> None:
    with running(kept, Limits(body=0.5)) as server:
        longer = raw(server, head(server, "Content-Length: 5000", "Connection: close"), body())
        assert b" 408 " in longer.splitlines()[0] and b"too-slow" in longer


def test_bodies_whose_length_is_strange(kept: Database) -> None:
    with running(kept) as server:
        none = raw(server, head(server, "Transfer-Encoding: chunked"), b"5\r\nhello\r\n0\r\n\r\n")
        assert b" 411 " in none.splitlines()[0]
        huge = raw(server, head(server, "Content-Length: 99999999999"))
        assert b" 413 " in huge.splitlines()[0]
        for strange in ("-5", "5, 6", "\u0665", "1e3"):
            assert b" 40" in raw(server, head(server, f"Content-Length: {strange}")).splitlines()[0]
        shorter = raw(server, head(server, "Content-Length: 5", "Connection: close"), body())
        assert b"not-a-report" in shorter
        assert server.send().status == 201


def test_two_lengths_are_one_too_many(sqlite_server: Running) -> None:
    got = raw(
        sqlite_server, head(sqlite_server, "Content-Length: 5", "Content-Length: 6"), b"12345"
    )
    assert b" 400 " in got.splitlines()[0]


def test_sixty_learners_at_once(server: Running) -> None:
    """Every one is kept once, whoever comes first."""
    sent = [(body(f"learner{number}"), f"{number:064x}") for number in range(60)]

    def send(one: tuple[bytes, str]) -> int:
        return server.send(one[0], Envcheck_Key=one[1]).status

    with ThreadPoolExecutor(16) as pool:
        assert sorted(pool.map(send, [*sent, *sent])) == [200] * 60 + [201] * 60
    with server.database.reading() as connection:
        kept = {one.body for one in reading.of_class(connection, 1)}
    assert kept == {data for data, _ in sent}


def test_a_report_is_shown_as_it_was_when_the_clock_goes_back(server: Running) -> None:
    """What arrived last counts, whatever the learner's own clock says."""
    server.send(body(started="2036-01-01T00:00:00Z"))
    server.send(body(stuck=True, started="1999-01-01T00:00:00Z"))
    with server.database.reading() as connection:
        [newest] = reading.newest(connection, 1)
        received = [mark.received for mark in reading.marks(connection, 1)]
    assert json.loads(newest.brief)["started"] == "1999-01-01T00:00:00Z"
    assert received == sorted(received) and received[-1] <= time.time()


def test_every_connection_to_the_database_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who comes is told to come again, soon; the report is kept then."""
    monkeypatch.setattr(database, "WAIT", 0.3)
    place = database.in_folder(tmp_path / "data")
    migrate.to_newest(place)
    address = "/api/v1/class"
    with running(place) as server, contextlib.ExitStack() as stack:
        token = bearer(server.codes.learner)
        assert server.ask("GET", address, headers=token).status == 200
        for _ in range(15):
            stack.enter_context(place.engine.connect())
        told = server.send()
        assert (told.status, told.error) == (503, "not-now") and int(told.headers["retry-after"])
        time.sleep(FRESH)
        later = server.ask("GET", address, headers=token)
        assert (later.status, later.error) == (503, "not-now")
        page = server.ask("GET", f"/{server.codes.learner}")
        assert page.status == 503 and "Load the page again" in page.text
        stack.close()
        assert server.send().status == 201
    place.close()
