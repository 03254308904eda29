"""A package index, a login page and a proxy on this machine, for the network stories."""

from __future__ import annotations

import base64
import http.server
import select
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import partial
from pathlib import Path
from typing import Any

INDEX_PAGE = (
    b'<html><a href="../../files/pip-26.1-py3-none-any.whl">pip-26.1-py3-none-any.whl</a></html>'
)
LOGIN_PAGE = b"<html><body>Campus WiFi login</body></html>"


@dataclass
class Pages:
    """What a server answers: a status, a page and headers, and the paths that it was asked for."""

    page: bytes = INDEX_PAGE
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    password: str = ""


class Index(http.server.BaseHTTPRequestHandler):
    def __init__(self, pages: Pages, *words: object) -> None:
        self.pages = pages
        super().__init__(*words)  # type: ignore[arg-type]  # what a server gives its handler

    def do_GET(self) -> None:
        self.pages.asked.append(self.path)
        wanted = "Basic " + base64.b64encode(self.pages.password.encode()).decode()
        wrong = self.pages.password and self.headers.get("Authorization") != wanted
        self.send_response(401 if wrong else self.pages.status)
        for name, value in {
            "Content-Type": "text/html",
            "Content-Length": str(len(self.pages.page)),
            **self.pages.headers,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.pages.page)

    def log_message(self, format: str, *words: object) -> None:
        pass


@dataclass
class Way:
    """How a proxy behaves: whom it lets in, where it really leads, and what came through."""

    password: str = ""
    refuses: int = 0
    leads_to: int = 0
    hosts: list[str] = field(default_factory=list)


class Proxy(http.server.BaseHTTPRequestHandler):
    def __init__(self, way: Way, *words: object) -> None:
        self.way = way
        super().__init__(*words)  # type: ignore[arg-type]  # what a server gives its handler

    def do_CONNECT(self) -> None:
        self.way.hosts.append(self.path)
        if self._turned_away():
            return
        with socket.create_connection(("127.0.0.1", self.way.leads_to)) as there:
            self.send_response(200)
            self.end_headers()
            while ready := select.select([self.connection, there], [], [], 30)[0]:
                for one in ready:
                    data = one.recv(65_536)
                    if not data:
                        return
                    (there if one is self.connection else self.connection).sendall(data)

    def do_GET(self) -> None:
        self.way.hosts.append(self.path)
        if not self._turned_away():
            self.send_error(502, "campus proxy: not from here")

    def _turned_away(self) -> bool:
        wanted = "Basic " + base64.b64encode(self.way.password.encode()).decode()
        wrong = bool(self.way.password) and self.headers.get("Proxy-Authorization") != wanted
        if wrong or self.way.refuses:
            self.send_error(407 if wrong else self.way.refuses)
        return wrong or bool(self.way.refuses)

    def log_message(self, format: str, *words: object) -> None:
        pass


class Dated(http.server.BaseHTTPRequestHandler):
    """A server whose clock is `days` behind, which keeps what it is asked."""

    def __init__(self, days: int, seen: list[tuple[str, str | None]], *rest: Any) -> None:
        self.days, self.seen = days, seen
        super().__init__(*rest)

    def do_HEAD(self) -> None:
        self.seen.append((self.path, self.headers.get("Authorization")))
        self.send_response_only(200)
        self.send_header("Date", formatdate(time.time() - self.days * 86_400, usegmt=True))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing on the screen."""


def serve(
    until: ExitStack, handler: Callable[..., Any], what: object, tls: ssl.SSLContext | None = None
) -> int:
    """Start a server, which ends with the stack: its port on 127.0.0.1."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, what))
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that hangs up is expected here
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    until.callback(server.server_close)
    until.callback(thread.join)
    until.callback(server.shutdown)
    return int(server.server_address[1])


def make_authority(folder: Path, days: int = 2) -> None:
    """`ca.pem` of our own, and `cert.pem` with `key.pem` that it signed for localhost and pypi.org; of
    less than no days it has run out.
    """

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    (folder / "names").write_text(
        "subjectAltName=DNS:localhost,IP:127.0.0.1,DNS:pypi.org\n", encoding="utf-8"
    )
    openssl("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2",
            "-subj", "/CN=Campus inspection")  # fmt: skip
    openssl("req", *key, "-keyout", "key.pem", "-out", "request.pem", "-subj", "/CN=localhost")
    openssl("x509", "-req", "-in", "request.pem", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", str(days),
            "-extfile", "names", "-out", "cert.pem")  # fmt: skip


def shown_by(authority: Path) -> ssl.SSLContext:
    """What a server of this authority's shows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority / "cert.pem", authority / "key.pem")
    return context
