"""The name localhost: this machine, another, or nobody."""

from __future__ import annotations

import socket

import pytest

from envcheck import Severity
from envcheck_checks.machine import localhost


@pytest.mark.parametrize(
    ("addresses", "elsewhere"),
    [
        ((), False),
        (("127.0.0.1",), False),
        (("203.0.113.9", "::1"), False),
        (("::ffff:127.0.0.1",), False),
        (("203.0.113.9",), True),
        (("0.0.0.0",), True),
    ],
)
def test_where_it_leads(addresses: tuple[str, ...], elsewhere: bool) -> None:
    """One address of this machine is enough: programs try the next."""
    said = localhost.leads_elsewhere(addresses, Severity.ERROR, "no server starts")
    assert (said is not None) is elsewhere
    if said is not None:
        assert said.summary.endswith("another machine: no server starts")
        assert said.severity is Severity.ERROR


def test_a_name_that_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hosts file without the name is no crash, and no address."""

    def fail(*_: object) -> None:
        raise socket.gaierror(-2, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert localhost.addresses() == ()
