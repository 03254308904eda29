"""What is said in a server's place while the hub's proxy has no way to it: on a real socket."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from envcheck.hub.address import address_of
from envcheck.hub.api import Hub
from envcheck.sending.patience import Bounds
from envcheck.sending.trouble import Trouble

HERE = "/user/anna/api/sessions"
QUICK = Bounds(answer=10.0, whole=20.0, pause=0.01)
NO_MORE = Bounds(answer=10.0, whole=10.0, pause=9.0)  # no time for a second try
SAYS = '{"message": "JupyterHub server no longer running at /user/anna"}'


@contextlib.contextmanager
def speaking(statuses: list[int], bounds: Bounds) -> Iterator[Hub]:
    """A hub that answers so, one after the other, and then as it should."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Nothing on the terminal."""

        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status = statuses.pop(0) if statuses else 200
            body = SAYS.encode() if status == 424 else b"{}"
            self.send_response(status)
            self.send_header("Location", HERE)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = answer

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield Hub(address_of(f"http://127.0.0.1:{server.server_port}"), "a token", {}, bounds)
        server.shutdown()


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("statuses", [[302] * 4, [302] * 9, [424], [424, 302, 503]])
def test_a_way_that_is_not_there_yet_is_waited_for(method: str, statuses: list[int]) -> None:
    """`302` to itself: the hub sends back to the server, and the proxy to the hub."""
    with speaking(statuses, QUICK) as hub:
        assert hub.answer(method, HERE, {} if method == "POST" else None).status == 200


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        ([302] * 4, "has no way to the server: 127.0.0.1:"),
        ([424], "says 424: JupyterHub server no longer running at /user/anna"),
    ],
)
def test_a_way_that_never_comes_is_told(statuses: list[int], words: str) -> None:
    with speaking(statuses, NO_MORE) as hub, pytest.raises(Trouble, match=words) as caught:
        hub.answer("GET", HERE)
    assert caught.value.fact.startswith("the hub's proxy has no way to the server: ")
