"""The address of a hub, whatever is typed."""

from __future__ import annotations

import pytest

from envcheck.errors import UsageProblem
from envcheck.hub.address import address_of


@pytest.mark.parametrize(
    ("typed", "origin", "api"),
    [
        ("hub.example.org", "https://hub.example.org", "/hub/api"),
        ("https://hub.example.org/", "https://hub.example.org", "/hub/api"),
        ("https://hub.example.org/hub/home", "https://hub.example.org", "/hub/api"),
        ("https://example.org/jupyter/", "https://example.org", "/jupyter/hub/api"),
        ("https://example.org/jupyter/hub/admin#/", "https://example.org", "/jupyter/hub/api"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000", "/hub/api"),
        ("https://[2001:db8::1]:8443/hub/", "https://[2001:db8::1]:8443", "/hub/api"),
    ],
)
def test_an_address(typed: str, origin: str, api: str) -> None:
    """Any page of a hub's will do."""
    address = address_of(typed)
    assert (address.origin, address.api) == (origin, api)


@pytest.mark.parametrize(
    "typed",
    [
        "http://hub.example.org",
        "ftp://hub.example.org",
        "",
        "https://",
        "https://a:b@host",
        "https://h:x",
    ],
)
def test_no_address(typed: str) -> None:
    """A token goes nowhere else; a password in an address is not shown."""
    with pytest.raises(UsageProblem) as problem:
        address_of(typed)
    assert "a:b" not in str(problem.value)
