"""A class on a real socket that takes nothing but what the contract says, and a socket that
misbehaves.
"""

from __future__ import annotations

import contextlib
import json
import re
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.pace import within

from envcheck.classroom.handed_in import Handed, read, receipt

CODE = "0123456789ABCDEFGHJK"
ABOUT = {"name": "monday", "chapter": "chapter2", "course": "ml", "deletes_after_days": 60}


@dataclass
class Class:
    """What has arrived, and what is answered. `refuse` are answers that come first, each once:
    status, headers, body.
    """

    port: int = 0
    scheme: str = "http"
    reports: list[tuple[str, bytes]] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)  # requests
    wrong: list[str] = field(default_factory=list)  # what a client did against the contract
    refuse: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    about: Any = field(default_factory=lambda: dict(ABOUT))

    @property
    def link(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/{CODE}"


class Handler(BaseHTTPRequestHandler):
    of: Class

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the terminal."""

    def do_GET(self) -> None:
        self._begin()
        if self.path == "/api/v1/class" and self._joined() and not self._refused():
            self._answer(200, self.of.about)

    def do_POST(self) -> None:
        self._begin()
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if not self._joined() or self._refused():
            return
        key = self.headers.get("Envcheck-Key", "")
        if not re.fullmatch(r"[0-9a-f]{64}", key):
            self.of.wrong.append("no key")
        if self.headers.get("Content-Type") != "application/json":
            self.of.wrong.append("no type")
        if not isinstance(read("it", body), Handed) or not json.loads(body)["alias"]:
            self.of.wrong.append("no report")
        known = (key, body) in self.of.reports
        if not known:
            self.of.reports.append((key, body))
        keys = list(dict.fromkeys(one for one, _ in self.of.reports))
        hints = [{"text": text, "sent": "2026-11-28T10:00:00Z"} for text in self.of.hints]
        answer = {"receipt": receipt(body), "machine": keys.index(key) + 1, "hints": hints}
        self._answer(200 if known else 201, answer)

    def _begin(self) -> None:
        self.of.seen.append(f"{self.command} {self.path}")
        if CODE in self.path or self.headers.get("Cookie"):
            self.of.wrong.append("a code in an address, or a cookie")

    def _joined(self) -> bool:
        joined = self.headers.get("Authorization") == f"Bearer {CODE}"
        if not joined:
            self._error(401, "no-such-class")
        return joined

    def _refused(self) -> bool:
        if not self.of.refuse:
            return False
        status, headers, body = self.of.refuse.pop(0)
        self._send(status, headers, body)
        return True

    def _error(self, status: int, code: str) -> None:
        self._answer(status, {"error": {"code": code, "message": "A sentence."}})

    def _answer(self, status: int, value: object) -> None:
        headers = {"Content-Type": "application/json", "Set-Cookie": "a=b"}
        self._send(status, headers, json.dumps(value).encode())

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        with contextlib.suppress(OSError):
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)


@contextlib.contextmanager
def serving(of: Class, certificate: Path | None = None) -> Iterator[Class]:
    """The class, served until the end of the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"of": of}))
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        of.scheme = "https"
    of.port = server.server_address[1]
    thread = threading.Thread(target=lambda: server.serve_forever(0.05), daemon=True)
    thread.start()
    try:
        yield of
    finally:
        server.shutdown()
        server.server_close()
        thread.join(within(5))


@contextlib.contextmanager
def misbehaving(answer: Callable[[socket.socket], object]) -> Iterator[str]:
    """A link to a socket on which each connection gets this answer; it is then closed."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def one(connection: socket.socket) -> None:
            with contextlib.suppress(OSError), connection:
                connection.recv(65_536)
                answer(connection)

        def all_() -> None:
            with contextlib.suppress(OSError):
                while True:
                    threading.Thread(target=one, args=(listening.accept()[0],), daemon=True).start()

        thread = threading.Thread(target=all_, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/{CODE}"
        finally:
            with contextlib.suppress(OSError):  # as macOS says of one that listens
                listening.shutdown(socket.SHUT_RDWR)  # which ends the waiting for the next
            listening.close()
            thread.join(within(5))
            assert not thread.is_alive()


def make_certificate(folder: Path, days: int = 2, address: str = "127.0.0.1") -> Path:
    """One for this machine, or an address, that signs itself; key and certificate in one file."""
    both, key = folder / "both.pem", folder / "key.pem"
    words = [
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        str(days),
        "-subj",
        f"/CN={address}",
    ]
    more = ["-addext", f"subjectAltName=IP:{address}", "-keyout", str(key), "-out", str(both)]
    subprocess.run(["openssl", "req", *words, *more], check=True, capture_output=True)
    both.write_bytes(both.read_bytes() + key.read_bytes())
    return both
