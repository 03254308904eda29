"""A proxy is really asked to pass a connection on."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest
from tests.pace import within
from tests.ports import refusing_port

from envcheck.course_file.asked import Service
from envcheck_checks.course_file.services import service_proxy
from envcheck_checks.course_file.services.service_proxy import by_proxy

API = Service("api.example.org", 8443)
YES = b"HTTP/1.1 200 Connection established\r\n\r\n"


@contextlib.contextmanager
def proxied(reply: bytes, *, ends: bool = False) -> Iterator[tuple[str, list[bytes]]]:
    """The proxy of this address answers like that, and shows what it was asked."""
    asked: list[bytes] = []
    with contextlib.ExitStack() as kept, socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with contextlib.suppress(OSError):
                connection = kept.enter_context(server.accept()[0])
                asked.append(connection.recv(4096))
                connection.sendall(reply)
                if ends:
                    connection.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}", asked
        thread.join(within(10))


@pytest.mark.parametrize(
    ("reply", "ends", "why"),
    [
        (YES, False, ""),
        (YES + b"hello", False, ""),
        (YES, True, "ends the connection at once"),
        (b"HTTP/1.1 403 Forbidden\r\n\r\n", False, "does not pass it on (HTTP 403)"),
        (b"HTTP/1.1 407 Who?\r\n\r\n", False, "does not pass it on (HTTP 407)"),
        (b"", False, "does not answer in time"),
        (b"SSH-2.0-OpenSSH\r\n", False, "does not answer"),
        (b"", True, "does not answer"),
    ],
)
def test_what_a_proxy_answers(
    reply: bytes, ends: bool, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that says yes and then hangs up, or says nothing, passed nothing on."""
    monkeypatch.setattr(service_proxy, "LIMIT", within(20) if reply or ends else 0.5)
    monkeypatch.setattr(service_proxy, "STAYS", within(20) if ends else 0.2)
    with proxied(reply, ends=ends) as (place, asked):
        way = by_proxy({"https_proxy": f"http://me:p%40ss@{place}"}, API)
        assert way is not None
        assert (way.place, way.why) == (f"http://{place}", why)
    assert asked[0].startswith(b"CONNECT api.example.org:8443 HTTP/1")
    assert b"Basic bWU6cEBzcw==" in asked[0]


def test_a_proxy_that_is_not_there() -> None:
    with refusing_port() as port:
        way = by_proxy({"ALL_PROXY": f"127.0.0.1:{port}"}, API)
    assert way is not None
    assert way.why == "does not answer"


@pytest.mark.parametrize("scheme", ["socks5", "https"])
def test_a_proxy_that_is_not_tried(scheme: str) -> None:
    way = by_proxy({"https_proxy": f"{scheme}://127.0.0.1:9"}, API)
    assert way is not None
    assert way.why == f"was not tried: it is a proxy of {scheme}"


@pytest.mark.parametrize(
    ("variables", "service"),
    [
        ({"https_proxy": "", "no_proxy": ""}, API),
        ({"https_proxy": "http://127.0.0.1:9", "no_proxy": ".example.org"}, API),
        ({"https_proxy": "http://127.0.0.1:9"}, Service("db.example.org", 5432)),
    ],
)
def test_where_programs_take_no_proxy(variables: dict[str, str], service: Service) -> None:
    """A driver of a database goes straight there: a proxy that would pass it on proves nothing."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("envcheck_checks.index.settings._of_system", dict)
        assert by_proxy(variables, service) is None
