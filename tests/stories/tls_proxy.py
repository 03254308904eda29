"""A proxy that speaks https to learners and http to the server behind it, as one in front of a
university's servers does.
"""

from __future__ import annotations

import contextlib
import http.client
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.pace import within

LEARNERS_ADDRESS = "203.0.113.77"
NOT_PASSED_ON = ("host", "connection", "keep-alive", "transfer-encoding", "server", "date")


class Proxied(BaseHTTPRequestHandler):
    upstream = 0

    def log_message(self, format: str, *words: Any) -> None:
        """Nothing on the terminal."""

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        own = {k: v for k, v in self.headers.items() if k.lower() not in NOT_PASSED_ON}
        theirs = {
            "Host": f"127.0.0.1:{self.upstream}",
            "X-Forwarded-Host": self.headers["Host"],
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": LEARNERS_ADDRESS,
            "Forwarded": f"for={LEARNERS_ADDRESS};proto=https",
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.upstream, timeout=30)
        with contextlib.closing(connection):
            connection.request(self.command, self.path, body or None, {**own, **theirs})
            got = connection.getresponse()
            self._pass_on(got, got.read())

    do_POST = do_GET

    def _pass_on(self, got: http.client.HTTPResponse, body: bytes) -> None:
        self.send_response(got.status)
        for name, value in got.getheaders():
            if name.lower() not in NOT_PASSED_ON:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@contextlib.contextmanager
def proxy(upstream: int, certificate: Path) -> Iterator[int]:
    """The port at which it listens until the end of the block; `certificate` is one file with its
    key.
    """
    handler = type("Bound", (Proxied,), {"upstream": upstream})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=lambda: server.serve_forever(0.05), daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join(within(5))
