"""An answer that is given before the request ended is read by who sends the rest."""

from __future__ import annotations

import socket
import time

import pytest
from tests.pace import wait_for, within
from tests.unit.class_server.web.running import Running, running

from envcheck_class.store.database import Database
from envcheck_class.web import parting

REST = b"x" * 300_000  # more than what a connection's buffers take


def answered(server: Running, sent: bytes) -> bytes:
    """What comes back until the connection ends. Raises ConnectionResetError where it is cut: other
    systems than Linux forget the answer then.
    """
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(sent)
        got = b""
        while piece := connection.recv(65536):
            got += piece
        return got


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        pytest.param(("Content-Length: 99999999",), b" 413 ", id="too large"),
        pytest.param(
            ("Content-Length: 300000", "Content-Type: text/plain"), b" 415 ", id="no JSON"
        ),
        pytest.param(("Content-Length: 5", "Content-Length: 6"), b" 400 ", id="no request"),
        pytest.param(("Content-Length: ,",), b" 400 ", id="no number"),
    ],
)
def test_an_early_answer_arrives(
    sqlite_server: Running, lines: tuple[str, ...], status: bytes
) -> None:
    own = ("POST /api/v1/reports HTTP/1.1", "Host: x")
    join = f"Authorization: Bearer {sqlite_server.codes.learner}"
    head = "".join(f"{line}\r\n" for line in (*own, join, *_typed(lines), "")).encode()
    assert status in answered(sqlite_server, head + REST).partition(b"\r\n")[0]
    assert sqlite_server.send().status in (200, 201)


def _typed(lines: tuple[str, ...]) -> tuple[str, ...]:
    if any(line.startswith("Content-Type") for line in lines):
        return lines
    return ("Content-Type: application/json", *lines)


def test_nobody_is_waited_for_longer(kept: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who neither reads nor closes is left after a moment, and the server ends when it is told to."""
    monkeypatch.setattr(parting, "LONGEST", 0.2)
    with (
        running(kept) as server,
        socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection,
    ):
        connection.sendall(b"no request at all\r\n\r\n")
        assert b" 400 " in connection.recv(65536)
        wait_for("nobody takes more", 5, lambda: not takes_more(connection))


def takes_more(connection: socket.socket) -> bool:
    try:
        connection.sendall(b"more")
    except OSError:
        return False
    return True


def test_a_whole_request_is_closed_at_once(sqlite_server: Running) -> None:
    with socket.create_connection(("127.0.0.1", sqlite_server.port), timeout=20) as connection:
        connection.sendall(b"GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        limit = within(parting.LONGEST)
        began = time.monotonic()
        while connection.recv(65536):
            pass
        assert time.monotonic() - began < limit
