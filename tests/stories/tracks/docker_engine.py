"""A stand-in for Docker's engine: a socket that answers what the client's `version` asks. It runs
no container.
"""

from __future__ import annotations

import contextlib
import http.server
import json
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

VERSION = {
    "Version": "27.1.0",
    "ApiVersion": "1.46",
    "MinAPIVersion": "1.24",
    "Os": "linux",
    "Arch": "amd64",
    "GoVersion": "go1.22",
}


class Answers(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self._answer(b"")

    def do_GET(self) -> None:
        self._answer(json.dumps(VERSION).encode() if self.path.endswith("/version") else b"OK")

    def _answer(self, page: bytes) -> None:
        self.send_response(200)
        for name, value in {
            "Api-Version": "1.46",
            "Ostype": "linux",
            "Content-Type": "application/json",
        }.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def address_string(self) -> str:
        return "client"

    def log_message(self, format: str, *words: object) -> None:
        pass


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


@contextlib.contextmanager
def engine(place: Path) -> Iterator[str]:
    """The engine's address while it runs."""
    with Server(str(place), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"unix://{place}"
        finally:
            server.shutdown()
            place.unlink(missing_ok=True)
