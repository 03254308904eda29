"""127.0.0.1 is tried with one connection, and a refusal is a diagnosis."""

from __future__ import annotations

import errno
import socket
from typing import NoReturn

import pytest

from envcheck import Severity
from envcheck_checks.machine import loopback


def test_this_machine_talks_to_itself() -> None:
    """Else no test of a kernel could pass here."""
    assert loopback.diagnose() is None


@pytest.mark.parametrize(
    "words",
    [
        "ERROR:    [Errno 98] error while attempting to bind on address ('127.0.0.1', 47909): address already in use",
        'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use',
        "[ERROR] Connection in use: ('127.0.0.1', 47909)",
        "[WinError 10048] Only one usage of each socket address is normally permitted",
    ],
)
def test_a_port_that_was_taken_meanwhile_is_not_insisted_on(words: str) -> None:
    """Another one is tried, once."""
    tried: list[int] = []

    def serve(port: int) -> str:
        tried.append(port)
        return f"starting\n{words}\nTraceback"

    assert words in loopback.on_free_port(serve, str)
    assert len(tried) == 2


@pytest.mark.parametrize("words", ["", "ready", "permission denied"])
def test_what_ends_for_another_reason_is_not_tried_again(words: str) -> None:
    tried: list[int] = []
    loopback.on_free_port(tried.append, lambda _: words)
    assert len(tried) == 1


@pytest.mark.parametrize(
    ("error", "found"),
    [
        (OSError(errno.ENETUNREACH, "Network is unreachable"), "Network is unreachable"),
        (TimeoutError("timed out"), "timed out"),
    ],
)
def test_a_refused_connection_is_named(
    monkeypatch: pytest.MonkeyPatch, error: OSError, found: str
) -> None:
    """With the system's words where it has some, else the error's own."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise error

    monkeypatch.setattr(socket, "create_connection", refuse)
    diagnosis = loopback.diagnose()
    assert diagnosis is not None
    assert (diagnosis.code, diagnosis.severity) == ("loopback-down", Severity.ERROR)
    assert diagnosis.evidence.found == found
    assert not diagnosis.fixes[0].automatic
