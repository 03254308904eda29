"""A stand-in for a cluster's API: it answers the few questions that kubectl is asked. No cluster is
behind it.
"""

from __future__ import annotations

import contextlib
import http.server
import json
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

REVIEW = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"


@dataclass
class State:
    """How it behaves. `status` is given for every question when it is not 200."""

    status: int = 200
    version: str = "v1.35.0"
    ready: bool = True
    creates: bool = True
    page: bytes = b""
    token: str = ""
    asked: list[str] = field(default_factory=list)


class Api(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, state: State, *words: object) -> None:
        self.state = state
        super().__init__(*words)  # type: ignore[arg-type]  # what a server gives its handler

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.state.asked.append(path)
        if self._turned_away():
            return
        major, minor = self.state.version.removeprefix("v").split(".")[:2]
        pages: dict[str, Any] = {
            "/version": {"major": major, "minor": minor, "gitVersion": self.state.version, "platform": "linux/amd64"},
            "/api": {"kind": "APIVersions", "versions": ["v1"]},
            "/apis": {"kind": "APIGroupList", "apiVersion": "v1", "groups": []},
            "/api/v1": {"kind": "APIResourceList", "groupVersion": "v1", "resources": [
                {"name": "pods", "singularName": "pod", "namespaced": True, "kind": "Pod", "verbs": ["create", "list"]}]},
        }  # fmt: skip
        if path == "/readyz":
            good, bad = b"ok", b"[+]ping ok\n[-]etcd failed: reason withheld\nreadyz check failed"
            self._send(
                200 if self.state.ready else 500, good if self.state.ready else bad, "text/plain"
            )
        elif self.state.page:
            self._send(200, self.state.page, "text/html")
        else:
            self._send(
                200 if path in pages else 404,
                json.dumps(pages.get(path, {"kind": "Status", "code": 404})).encode(),
            )

    def do_POST(self) -> None:
        self.state.asked.append(self.path.partition("?")[0])
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self._turned_away():
            return
        review = {
            "kind": "SelfSubjectAccessReview",
            "apiVersion": "authorization.k8s.io/v1",
            "spec": {},
            "status": {"allowed": self.state.creates},
        }
        self._send(201, json.dumps(review).encode())

    def _turned_away(self) -> bool:
        wrong = (
            self.state.token and self.headers.get("Authorization") != f"Bearer {self.state.token}"
        )
        status = 401 if wrong else self.state.status
        if status == 200:
            return False
        reason = {401: "Unauthorized", 403: "Forbidden"}.get(status, "InternalError")
        self._send(
            status,
            json.dumps(
                {
                    "kind": "Status",
                    "apiVersion": "v1",
                    "status": "Failure",
                    "reason": reason,
                    "message": reason,
                    "code": status,
                }
            ).encode(),
        )
        return True

    def _send(self, status: int, page: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *words: object) -> None:
        pass


class Quiet(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # a client that does not like the certificate hangs up


@contextlib.contextmanager
def cluster(state: State, certificate: Path | None = None) -> Iterator[str]:
    """The API's address while it runs: over TLS with a certificate, else plain."""
    with Quiet(("127.0.0.1", 0), lambda *words: Api(state, *words)) as server:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate, certificate.parent / "key.pem")
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()


def certificates(folder: Path) -> dict[str, Path]:
    """An authority, and certificates for this machine: one that is good, one that
    ended yesterday.
    """
    key = ("-newkey", "rsa:2048", "-nodes")

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

    (folder / "names.txt").write_text("subjectAltName=IP:127.0.0.1,DNS:localhost\n")
    openssl(
        "req",
        "-x509",
        *key,
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem",
        "-days",
        "2",
        "-subj",
        "/CN=stand-in authority",
    )
    openssl("req", *key, "-keyout", "key.pem", "-out", "request.pem", "-subj", "/CN=localhost")
    for name, days in (("good", "2"), ("ended", "-1")):
        openssl("x509", "-req", "-in", "request.pem", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", days,
                "-extfile", "names.txt", "-out", f"{name}.pem")  # fmt: skip
    return {name: folder / f"{name}.pem" for name in ("ca", "good", "ended")}
