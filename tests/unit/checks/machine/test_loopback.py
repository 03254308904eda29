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
