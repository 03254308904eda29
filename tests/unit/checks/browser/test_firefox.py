"""Firefox: how it is started, and where it listens."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, cast

import pytest

from envcheck_checks.browser import firefox
from envcheck_checks.browser.protocol import BrowserTrouble

LINE = "WebDriver BiDi listening on ws://127.0.0.1:42"
FILE = '{"ws_host": "127.0.0.1", "ws_port": 42}'


@pytest.mark.parametrize(
    ("file", "stderr", "address"),
    [
        ("", f"*** noise\n{LINE}\n", "ws://127.0.0.1:42/session"),
        ("", LINE, ""),
        (FILE, "", "ws://127.0.0.1:42/session"),
        (FILE[:20], "", ""),
        ("{}", "", ""),
        ("", "", ""),
    ],
)
def test_where_it_listens(tmp_path: Path, file: str, stderr: str, address: str) -> None:
    """By what it prints, or by its file where it prints nothing; half of either is none."""
    if file:
        (tmp_path / "WebDriverBiDiServer.json").write_text(file, encoding="utf-8")
    assert firefox.address(tmp_path, stderr) == address


def test_its_profile_lets_it_reach_the_server_alone(tmp_path: Path) -> None:
    """Everything else goes to a port where nobody listens."""
    firefox.prepare(tmp_path, "127.0.0.1")
    lines = (tmp_path / "user.js").read_text(encoding="utf-8").splitlines()
    assert 'user_pref("network.proxy.no_proxies_on", "127.0.0.1");' in lines
    assert 'user_pref("network.proxy.http_port", 9);' in lines
    assert 'user_pref("app.update.auto", false);' in lines
    words = firefox.options(tmp_path, host="127.0.0.1")
    assert words[words.index("--profile") + 1] == str(tmp_path)


class Wire:
    """Answers each question with the next of these."""

    def __init__(self, *answers: object) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, Any]] = []

    async def ask(self, method: str, params: object) -> Any:
        self.asked.append((method, params))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ({"result": {"value": "5050"}}, "5050"),
        ({"result": {"value": None}}, ""),
        (BrowserTrouble("evaluate", "DiscardedBrowsingContextError"), ""),
        (BrowserTrouble("evaluate", "no such frame"), ""),
        (BrowserTrouble("evaluate", "AbortError: navigation"), ""),
    ],
)
def test_the_text_of_a_page(answer: object, text: str) -> None:
    """Empty while there is none: between two pages it refuses in several ways."""
    page = firefox.FirefoxPage(cast(Any, Wire(answer)), "c")
    assert asyncio.run(page.text_of("x")) == text


def test_another_trouble_is_raised() -> None:
    """It is not taken for an empty page."""
    page = firefox.FirefoxPage(cast(Any, Wire(BrowserTrouble("evaluate", "closed"))), "c")
    with pytest.raises(BrowserTrouble):
        asyncio.run(page.text_of("x"))


@pytest.mark.parametrize("secure", [True, False])
def test_the_first_page(secure: bool) -> None:
    """A certificate is passed over only where the learner made it."""
    wire = Wire({}, {}, {"contexts": [{"context": "c"}]}, {})
    page = asyncio.run(firefox.first_page(cast(Any, wire), secure))
    assert page.context == "c"
    assert ("acceptInsecureCerts" in str(wire.asked[0])) is secure
