"""A small internet in a network namespace of its own: name server, sites, certificates and a proxy,
each played for real.

Run as a script, inside `unshare -n -m`: it builds what the JSON file says, runs the command that
follows, and ends with it.
"""

from __future__ import annotations

import functools
import http.server
import json
import select
import socket
import ssl
import struct
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

RCODES = {"SERVFAIL": 2, "NXDOMAIN": 3, "REFUSED": 5}
PROXY_PORT = 3128
DEAF = "203.0.113.9"  # what is sent to it is never answered
Spec = Mapping[str, Any]


def main(file: str, command: list[str]) -> int:
    spec = json.loads(Path(file).read_text(encoding="utf-8"))
    lay_the_lines(spec)
    start(functools.partial(name_server, spec))
    crowds = [crowd for port in (80, 443) for crowd in crowded(DEAF, port)]
    for place in spec["addresses"]:
        serve(place, 80, spec)
        if place not in spec["plain"]:
            serve(place, 443, spec, tls=True)
    if spec["proxy"] is not None:
        serve("127.0.0.1", PROXY_PORT, spec, proxy=True)
    code = subprocess.run(command, check=False).returncode
    for one in crowds:
        one.close()
    if spec["log"]:
        Path(spec["log"]).write_text("\n".join(Visits.seen), encoding="utf-8")
    return code


def lay_the_lines(spec: Spec) -> None:
    """Loopback carries the sites' addresses; nothing else is reached."""
    lines = [
        "ip link set lo up",
        *(f"ip addr add {place}/32 dev lo" for place in (*spec["addresses"], DEAF)),
    ]
    lines += [
        f"mount --bind {spec['resolv']} /etc/resolv.conf",
        f"mount --bind {spec['hosts']} /etc/hosts",
    ]
    for line in lines:
        subprocess.run(line.split(), check=True)


def crowded(place: str, port: int) -> list[socket.socket]:
    """A server that lets nobody in, and those who wait before its door: whoever comes later hears
    nothing.
    """
    server = socket.create_server((place, port), backlog=0)
    waiting = [socket.socket() for _ in range(4)]
    for one in waiting:
        one.setblocking(False)
        one.connect_ex((place, port))
    return [server, *waiting]


def start(work: functools.partial[None]) -> None:
    threading.Thread(target=work, daemon=True).start()


def name_server(spec: Spec) -> None:
    """Answers for each name with its address, or with the failure that stands in its place; SILENT
    says nothing.
    """
    with socket.socket(type=socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 53))
        while True:
            question, who = server.recvfrom(512)
            name, kind = question_of(question)
            asked_back = (
                kind == 12
            )  # for the name of an address, as our own servers do when they start
            said = (
                "NXDOMAIN"
                if asked_back
                else spec["names"].get(name, spec["names"].get("*", "NXDOMAIN"))
            )
            if said != "SILENT":
                server.sendto(reply(question, kind, said), who)


def question_of(data: bytes) -> tuple[str, int]:
    labels, at = [], 12
    while data[at]:
        labels.append(data[at + 1 : at + 1 + data[at]].decode("ascii"))
        at += 1 + data[at]
    return ".".join(labels), int(struct.unpack(">H", data[at + 1 : at + 3])[0])


def reply(data: bytes, kind: int, said: str) -> bytes:
    end = data.index(b"\0", 12) + 5
    there = kind == 1 and said not in RCODES
    head = data[:2] + struct.pack(">HHHHH", 0x8180 | RCODES.get(said, 0), 1, int(there), 0, 0)
    record = (
        b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 1, 4) + socket.inet_aton(said) if there else b""
    )
    return head + data[12:end] + record


def serve(place: str, port: int, spec: Spec, *, tls: bool = False, proxy: bool = False) -> None:
    handler: Any = functools.partial(Proxy if proxy else Site, spec, tls)
    server = http.server.ThreadingHTTPServer((place, port), handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that hangs up is expected here
    if tls:
        server.socket = certificates(spec).wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    threading.Thread(target=server.serve_forever, daemon=True).start()


def certificates(spec: Spec) -> ssl.SSLContext:
    """The certificate that this story gives to a host: by the name that is asked for."""

    def of(kind: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(
            f"{spec['certificates']}/{kind}.pem", f"{spec['certificates']}/{kind}.key"
        )
        return context

    def choose(one: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
        one.context = of(spec["shown"].get(name, spec["shown"].get("*", "good")))

    context = of("good")
    context.sni_callback = choose
    return context


class Visits:
    """What the sites and the proxy were asked."""

    seen: list[str] = []  # noqa: RUF012  # one list for all servers of this process


class Site(http.server.BaseHTTPRequestHandler):
    """Pages by `host/path`, by host, or for everybody (`*`): status, headers, text, and a status
    for HEAD alone.
    """

    timeout = 10

    def __init__(self, spec: Spec, tls: bool, *words: Any) -> None:
        self.spec, self.tls = spec, tls
        super().__init__(*words)

    def do_GET(self) -> None:
        self.answer(text=True)

    def do_HEAD(self) -> None:
        self.answer(text=False)

    def answer(self, text: bool) -> None:
        host, scheme = (
            (self.headers.get("Host") or "").partition(":")[0],
            "https" if self.tls else "http",
        )
        Visits.seen.append(
            f"{self.command} {scheme}://{host}{self.path} {self.headers.get('User-Agent')}"
        )
        page = self.page(scheme, host)
        if page.get("silent"):
            select.select([self.connection], [], [], 30)
            return
        said = page.get("text", "<html>a page</html>").encode() if text else b""
        self.send_response_only(
            page.get("head", page.get("status", 200)) if not text else page.get("status", 200)
        )
        for name, value in {
            "Date": self.date_time_string(),
            "Content-Length": str(len(said)),
            **page.get("headers", {}),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(said)

    def page(self, scheme: str, host: str) -> Mapping[str, Any]:
        pages = self.spec["pages"]
        for key in (
            f"{scheme}://{host}{self.path.partition('?')[0]}",
            f"{scheme}://{host}",
            f"{scheme}://*",
            host,
        ):
            if key in pages:
                return dict(pages[key])
        return {"text": "<h1>Example Domain</h1>"} if host == "example.com" else {}

    def log_message(self, format: str, *words: object) -> None:
        pass


class Proxy(Site):
    """It passes on, or answers with a status: for a host, or for everybody."""

    def refusal(self, host: str) -> int:
        return int(self.spec["proxy"].get(host, self.spec["proxy"].get("*", 0)))

    def do_CONNECT(self) -> None:
        host = self.path.partition(":")[0]
        Visits.seen.append(f"CONNECT {self.path}")
        if status := self.refusal(host):
            self.send_error(status)
            return
        with socket.create_connection((host, 443), 3) as there:
            self.send_response(200)
            self.end_headers()
            while ready := select.select([self.connection, there], [], [], 30)[0]:
                for one in ready:
                    data = one.recv(65_536)
                    if not data:
                        return
                    (there if one is self.connection else self.connection).sendall(data)

    def answer(self, text: bool) -> None:
        host = self.path.partition("://")[2].partition("/")[0]
        if status := self.refusal(host):
            self.send_error(status)
            return
        self.path = self.path.partition("://")[2].removeprefix(host) or "/"
        super().answer(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
