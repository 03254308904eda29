"""A server of https on this machine, with files that a test puts there."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.stories.network_servers import make_authority, shown_by


class Site:
    """`files` by their paths; `moved` are redirects; `slow` are seconds between two bytes."""

    def __init__(self, authority: Path) -> None:
        self.files: dict[str, bytes] = {}
        self.moved: dict[str, str] = {}
        self.asked: list[str] = []
        self.slow = 0.0
        self.variables = {"SSL_CERT_FILE": str(authority / "ca.pem")}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.socket = shown_by(authority).wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"https://localhost:{self.server.server_address[1]}/course/envcheck.toml"

    def put(self, **files: str) -> None:
        """`a__txt` is /course/a.txt."""
        for name, text in files.items():
            self.files[f"/course/{name.replace('__', '.')}"] = text.encode()

    def _handler(site) -> type[BaseHTTPRequestHandler]:  # self is the handler's
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                if self.path in site.moved:
                    self.send_response(302)
                    self.send_header("Location", site.moved[self.path])
                    self.end_headers()
                    return
                if self.path not in site.files:
                    self.send_error(404)
                    return
                content = site.files[self.path]
                self.send_response(200)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                for at in range(0, len(content), 1 if site.slow else len(content) or 1):
                    self.wfile.write(content[at : at + 1] if site.slow else content)
                    self.wfile.flush()
                    time.sleep(site.slow)

            def log_message(self, format: str, *args: object) -> None:
                """Nothing on the terminal."""

        return Handler


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("authority")
    make_authority(folder)
    return folder


@pytest.fixture
def site(authority: Path) -> Iterator[Site]:
    made = Site(authority)
    yield made
    made.server.shutdown()
    made.server.server_close()
