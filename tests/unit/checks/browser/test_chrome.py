"""Chrome and its kin: how they are started, and where they listen."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, cast

import pytest

from envcheck_checks.browser import chrome
from envcheck_checks.browser.protocol import BrowserTrouble

LINE = "DevTools listening on ws://127.0.0.1:41/devtools/browser/x"


@pytest.mark.parametrize(
    ("file", "stderr", "address"),
    [
        ("41\n/devtools/browser/x", "", "ws://127.0.0.1:41/devtools/browser/x"),
        ("41\n/devtools/browser/x\n", LINE, "ws://127.0.0.1:41/devtools/browser/x"),
        ("41", "", ""),
        ("", "", ""),
        (None, "", ""),
        (None, f"\n{LINE}\n", "ws://127.0.0.1:41/devtools/browser/x"),
        (None, LINE, ""),
    ],
)
def test_where_it_listens(tmp_path: Path, file: str | None, stderr: str, address: str) -> None:
    """By its file or by what it prints; half of either is none."""
    if file is not None:
        (tmp_path / "DevToolsActivePort").write_text(file, encoding="utf-8")
    assert chrome.address(tmp_path, stderr) == address


@pytest.mark.parametrize(("user", "sandbox"), [(0, False), (1000, True)])
def test_only_root_does_without_the_sandbox(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: int, sandbox: bool
) -> None:
    """And nothing but the server is reached, from a profile of its own."""
    monkeypatch.setattr("os.geteuid", lambda: user, raising=False)
    words = chrome.options(tmp_path, host="127.0.0.1")
    assert ("--no-sandbox" not in words) is sandbox
    assert f"--user-data-dir={tmp_path}" in words
    assert "--proxy-server=http://127.0.0.1:9" in words
    assert "--proxy-bypass-list=127.0.0.1" in words
    assert words[-1] == "about:blank"


class Wire:
    """Answers by method, or with a trouble."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.asked: list[str] = []

    async def ask(self, method: str, params: dict[str, Any], **_: object) -> Any:
        self.asked.append(method)
        answer = self.answers.get(method.replace(".", "_"), {})
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ({"result": {"value": "5050"}}, "5050"),
        ({"result": {"value": None}}, ""),
        ({}, ""),
        (BrowserTrouble("evaluate", "Cannot find context with specified id"), ""),
    ],
)
def test_the_text_of_a_page(answer: object, text: str) -> None:
    """Empty while there is none: between two pages the browser refuses."""
    page = chrome.ChromePage(cast(Any, Wire(Runtime_evaluate=answer)), "s")
    assert asyncio.run(page.text_of("x")) == text


def test_another_trouble_is_raised() -> None:
    """It is not taken for an empty page."""
    trouble = BrowserTrouble("evaluate", "the browser closed the connection")
    page = chrome.ChromePage(cast(Any, Wire(Runtime_evaluate=trouble)), "s")
    with pytest.raises(BrowserTrouble):
        asyncio.run(page.text_of("x"))


@pytest.mark.parametrize(
    ("targets", "secure", "made", "ignored"),
    [
        ([{"type": "page", "targetId": "a"}], False, False, False),
        ([{"type": "worker", "targetId": "a"}], True, True, True),
        ([], False, True, False),
    ],
)
def test_the_first_page(
    targets: list[dict[str, str]], secure: bool, made: bool, ignored: bool
) -> None:
    """The one that is open, else a new one; a certificate is passed over only where the learner
    made it.
    """
    wire = Wire(
        Target_getTargets={"targetInfos": targets},
        Target_createTarget={"targetId": "b"},
        Target_attachToTarget={"sessionId": "s"},
    )
    page = asyncio.run(chrome.first_page(cast(Any, wire), secure))
    assert page.session == "s"
    assert ("Target.createTarget" in wire.asked) is made
    assert ("Security.setIgnoreCertificateErrors" in wire.asked) is ignored
