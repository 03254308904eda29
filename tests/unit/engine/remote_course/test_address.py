"""Which addresses may name a course."""

from __future__ import annotations

import pytest

from envcheck.errors import UsageProblem
from envcheck.remote_course.address import address_of, is_address


def test_an_address() -> None:
    address = address_of("https://Example.org:8443/a/b/envcheck.toml")
    assert str(address) == "https://example.org:8443/a/b/envcheck.toml"
    assert address.path_of("x y/list.txt") == "/a/b/x%20y/list.txt"
    assert is_address("http://a") and not is_address("C:\\a") and not is_address("a/b.toml")


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("http://example.org/envcheck.toml", "it must be https"),
        ("http://127.0.0.1/envcheck.toml", "it must be https"),
        ("file:///home/ada/envcheck.toml", "it must be https"),
        ("https://ada:secret@example.org/envcheck.toml", "a host and a path"),
        ("https://example.org/envcheck.toml?token=1", "a host and a path"),
        ("https://example.org/a/../envcheck.toml", "such as envcheck.toml"),
        ("https://example.org/a%2Fb/envcheck.toml", "such as envcheck.toml"),
        ("https://example.org/", "such as envcheck.toml"),
        ("https:///envcheck.toml", "such as envcheck.toml"),
        ("https://example.org:x/envcheck.toml", "it is no address"),
        ("https://ex\u00e4mple.org/envcheck.toml", "it is no address"),
    ],
)
def test_what_is_none(word: str, why: str) -> None:
    with pytest.raises(UsageProblem) as problem:
        address_of(word)
    assert str(problem.value).startswith("--course ") and why in str(problem.value)
