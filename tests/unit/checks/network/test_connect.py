"""A connection is tried within a bound, and what stands in the way has a name."""

from __future__ import annotations

import errno
import socket
import sys
import time
from typing import Any, NoReturn

import pytest
from tests.pace import within
from tests.ports import refusing_port

from envcheck_checks.index.facts import Trouble
from envcheck_checks.network.connect import connect


def test_a_server_that_listens() -> None:
    """No byte is sent: being connected is enough."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert connect("127.0.0.1", server.getsockname()[1], 2) is Trouble.NONE


def test_a_port_where_nobody_listens() -> None:
    with refusing_port() as port:
        assert connect("127.0.0.1", port, 20) is Trouble.REFUSED


@pytest.mark.parametrize("error", [socket.gaierror(-2, "unknown"), UnicodeError("label too long")])
def test_a_name_that_is_not_found(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Nor one that cannot be a name."""

    def fail(*_: object, **__: object) -> NoReturn:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert connect("nowhere.example", 443, 1) is Trouble.NO_NAME


def described(monkeypatch: pytest.MonkeyPatch, *codes: int) -> None:
    """A host with an address of each family, whose connection ends at once with that error."""
    families = (socket.AF_INET, socket.AF_INET6)
    rows = [
        (family, socket.SOCK_STREAM, 6, "", (f"address {number}", 443))
        for number, (family, _) in enumerate(zip(families, codes, strict=False))
    ]
    answers = dict(zip((row[4] for row in rows), codes, strict=True))

    class Socket:
        def __init__(self, *_: object) -> None:
            pass

        def __enter__(self) -> Socket:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def setblocking(self, _: bool) -> None:
            pass

        def connect_ex(self, address: Any) -> int:
            return answers[address]

    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: rows)
    monkeypatch.setattr(socket, "socket", Socket)


@pytest.mark.parametrize(
    ("codes", "trouble"),
    [
        ((errno.ENETUNREACH,), Trouble.NO_ROUTE),
        ((10051,), Trouble.NO_ROUTE),
        ((errno.ETIMEDOUT,), Trouble.SILENT),
        ((errno.ECONNRESET,), Trouble.CUT),
        ((errno.ECONNREFUSED,), Trouble.REFUSED),
        ((errno.ECONNREFUSED, errno.ENETUNREACH), Trouble.REFUSED),
        ((errno.ENETUNREACH, errno.ECONNREFUSED), Trouble.REFUSED),
        ((errno.ENETUNREACH, errno.EHOSTUNREACH), Trouble.NO_ROUTE),
    ],
)
def test_what_stands_in_the_way(
    monkeypatch: pytest.MonkeyPatch, codes: tuple[int, ...], trouble: Trouble
) -> None:
    """Of two families the one that got further tells more than that there is no IPv6 here."""
    described(monkeypatch, *codes)
    assert connect("host.example", 443, 1) is trouble


@pytest.mark.skipif(sys.platform == "win32", reason="a full queue of connections, as Linux has it")
def test_silence_ends_with_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """A network that swallows what is sent: nothing becomes ready."""
    monkeypatch.setattr("select.select", lambda *_: ([], [], []))
    with socket.create_server(("127.0.0.1", 0)) as server:
        begun = time.monotonic()
        assert connect("127.0.0.1", server.getsockname()[1], 0.05) is Trouble.SILENT
        assert time.monotonic() - begun < within(5)
