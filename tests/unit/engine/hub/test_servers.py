"""Whose server is started and stopped, whatever a hub answers; on a real socket."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from envcheck.hub.address import address_of
from envcheck.hub.api import Hub
from envcheck.hub.servers import Servers
from envcheck.sending.trouble import Trouble

RUNS = {"ready": True, "pending": None, "url": "/user/anna/"}
STARTS = {"ready": False, "pending": "spawn", "url": "/user/anna/"}
FAILED = 'data: {"progress": 100, "failed": true, "message": "Spawn failed: no \\u001b[31mimage"}\n'

pytestmark = pytest.mark.slow


@dataclass
class Scripted:
    """What it says of the server, one after the other, and to each POST; what it was asked."""

    states: list[dict[str, Any] | None]
    posts: list[int] = field(default_factory=list)  # 0: the connection ends without an answer
    asked: list[str] = field(default_factory=list)
    progress: str = ""
    port: int = 0


@contextlib.contextmanager
def speaking(script: Scripted) -> Iterator[Servers]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Nothing on the terminal."""

        def do_GET(self) -> None:
            if self.path.endswith("/progress"):
                self.say(200, script.progress)
                return
            state = script.states.pop(0) if len(script.states) > 1 else script.states[0]
            self.say(200, json.dumps({"servers": {"": state} if state else {}}))

        def do_POST(self) -> None:
            script.asked.append("POST")
            if status := script.posts.pop(0):
                self.say(status, '{"message": "so be it"}')
            else:
                self.connection.shutdown(socket.SHUT_RDWR)

        def do_DELETE(self) -> None:
            script.asked.append("DELETE")
            self.say(204, "")

        def say(self, status: int, text: str) -> None:
            self.send_response(status)
            self.send_header("Retry-After", "0")
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        address = address_of(f"http://127.0.0.1:{server.server_port}")
        yield Servers(Hub(address, "token", {}), threading.Event())
        server.shutdown()


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("envcheck.hub.servers.PAUSE", 0.05)


@pytest.mark.parametrize(
    ("states", "posts", "ours"),
    [
        ([None, RUNS], [201], True),
        ([None, STARTS, RUNS], [202], True),
        ([None, STARTS, RUNS], [500], True),  # as 6.1.1 says of one that still starts
        ([None, RUNS], [0], True),  # it heard, and went away before it answered
        ([None, None, RUNS], [0, 201], True),  # it did not hear
        ([None, None, RUNS], [429, 201], True),
        ([None, RUNS, RUNS], [400], False),  # somebody else was a moment before
        ([RUNS], [], False),
        ([STARTS, RUNS], [], False),
    ],
)
def test_a_server_is_ready(states: list[Any], posts: list[int], ours: bool) -> None:
    """What we have started, or may have, is stopped again, and nothing else."""
    script = Scripted(states, posts)
    with speaking(script) as servers:
        started = servers.ready("anna", 30)
        assert started.path == "/user/anna/"
        assert (started.seconds is not None, "anna" in servers.ours) == (ours, ours)
        assert servers.stop("anna") == ""
    assert ("DELETE" in script.asked, servers.ours) == (ours, set())
    assert not script.posts


@pytest.mark.parametrize(
    ("states", "posts", "progress", "reason"),
    [
        ([None], [403], "", r"the token may not do this \(403\): so be it"),
        ([None], [404], "", r"says 404: so be it"),
        ([None], [400], "", r"says 400: so be it"),
        ([None], [201], FAILED, r"the server did not start: Spawn failed: no image$"),
        ([None], [201, 201], "", r"the server did not start$"),
        ([None, STARTS], [201], "", r"the server was not ready after 2 s"),
        ([None], [429] * 99, "", r"the hub lets no more servers start \(429\)"),
    ],
)
def test_a_server_is_not(states: list[Any], posts: list[int], progress: str, reason: str) -> None:
    """With the hub's own reason, which steers no terminal."""
    limit = 2 if "2 s" in reason or "429" in reason else 60
    with speaking(Scripted(states, posts, progress=progress)) as servers:
        with pytest.raises(Trouble, match=reason):
            servers.ready("anna", limit)
        assert servers.stop("anna") == ""
