"""What a link means, however it was typed, and which are refused without being shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envcheck.errors import UsageProblem
from envcheck.sending.link import Place, place_of

CODE = "0123456789ABCDEFGHJK"


@pytest.mark.parametrize(
    ("link", "origin"),
    [
        (f"https://class.example.org/{CODE}", "https://class.example.org"),
        (f" https://Class.Example.org:8443/{CODE.lower()}/ ", "https://class.example.org:8443"),
        (f"class.example.org/{CODE[:10]}-{CODE[10:]}", "https://class.example.org"),
        (f"https://a.org/{CODE.replace('0', 'o').replace('1', 'l')}", "https://a.org"),
        (f"http://localhost:8765/{CODE}", "http://localhost:8765"),
        (f"http://127.0.0.3/{CODE}", "http://127.0.0.3"),
        (f"http://[::1]:8765/{CODE}", "http://[::1]:8765"),
    ],
)
def test_a_link(link: str, origin: str) -> None:
    """As the server reads a code, so do we: case, hyphens, and letters that are misread."""
    assert place_of(link, "--join") == Place(origin, CODE)
    assert CODE not in repr(place_of(link, "--join"))


@pytest.mark.parametrize(
    "link",
    [
        "", "https://", f"https:///{CODE}", "https://a.org", f"https://a.org/{CODE}X", f"https://a.org/x/{CODE}",
        f"https://ann:pw@a.org/{CODE}", f"https://a.org/{CODE}?x", f"https://a.org/{CODE}#x", f"ftp://a.org/{CODE}",
        f"https://a.org:99999/{CODE}", f"https://[::1/{CODE}", f"https://a b.org/{CODE}", f"https://a.org/{CODE[:-1]}U",
        f"http://a.org/{CODE}", f"http://10.0.0.1/{CODE}", f"http://localhost.example.org/{CODE}", f"http://127.1/{CODE}",
        f"http://0.0.0.0/{CODE}", f"https://xn--a\u202e.org/{CODE}",
    ],
)  # fmt: skip
def test_no_link(link: str) -> None:
    with pytest.raises(UsageProblem) as problem:
        place_of(link, "--join")
    assert CODE[:12] not in str(problem.value)


@given(st.text(max_size=60))
def test_any_text_is_a_link_or_a_usage_problem(text: str) -> None:
    try:
        place = place_of(text, "--join")
    except UsageProblem:
        return
    assert place.origin.startswith("https://") or place.is_here
