"""A browser that is started: where its files lie, and what is said when it does not listen."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.pace import within

from envcheck.testing import described
from envcheck_checks.browser import process
from envcheck_checks.browser.catalogue import Browser, Family
from envcheck_checks.browser.protocol import BrowserTrouble

FIREFOX = Browser("Firefox", ("/usr/bin/firefox",), Family.FIREFOX)
LINE = "WebDriver BiDi listening on ws://127.0.0.1:42\n"


class Running:
    """A program that has printed this and, with `code`, has ended."""

    def __init__(self, stderr: str, code: int | None = None) -> None:
        self.stderr = SimpleNamespace(text=lambda: stderr)
        self.settled_log = lambda: stderr
        self.code = code

    def wait(self, _: float) -> bool:
        return self.code is not None


def listening(folder: Path, running: Running, seconds: float) -> str:
    deadline = time.monotonic() + within(seconds)
    return process._listening(FIREFOX, cast(Any, running), folder, deadline)


def test_it_listens(tmp_path: Path) -> None:
    """Nothing is waited for."""
    assert listening(tmp_path, Running(LINE), 5) == "ws://127.0.0.1:42/session"


@pytest.mark.parametrize(
    ("stderr", "words"),
    [
        ("a\n\nb\n c \nd\ne\n", "b | c | d | e"),
        ("", "it printed nothing"),
        ("x" * 900, "x" * 600),
    ],
)
def test_it_ended(tmp_path: Path, stderr: str, words: str) -> None:
    """With its last words, at most four lines of them."""
    with pytest.raises(BrowserTrouble) as raised:
        listening(tmp_path, Running(stderr, 1), 5)
    assert raised.value.answer == f"it ended with exit code 1: {words}"


def test_it_says_nothing_in_time(tmp_path: Path) -> None:
    """It runs, and does not listen."""
    with pytest.raises(BrowserTrouble) as raised:
        listening(tmp_path, Running("starting\n"), 0.01)
    assert raised.value.answer == "it does not listen after 0 s: starting"


def test_a_sealed_browser_gets_a_folder_that_it_can_see(tmp_path: Path) -> None:
    """Its own; ours where it has none, and for a browser that sees everything."""
    env = described(scratch=tmp_path / "scratch")
    shared = tmp_path / "snap" / "common"
    snap = Browser("Firefox", FIREFOX.argv, Family.FIREFOX, "snap", str(shared))
    assert process._folder(env, snap).parent == env.scratch
    shared.parent.mkdir()
    assert process._folder(env, snap).parent == shared
    assert process._folder(env, FIREFOX).parent == env.scratch


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a profile is all it writes")
def test_what_else_it_writes_is_thrown_away(tmp_path: Path) -> None:
    """A home of ours, but for a sealed one, which has its own."""
    given = process._home(FIREFOX, tmp_path)
    assert {Path(value).is_relative_to(tmp_path) for value in given.values()} == {True}
    assert {"HOME", "TMPDIR", "XDG_CACHE_HOME"} <= set(given)
    assert process._home(Browser("F", ("f",), Family.FIREFOX, "snap"), tmp_path) == {}


def test_a_program_that_cannot_be_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the system's words."""
    env = described(scratch=tmp_path)

    def start(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(env, "start", start)
    with pytest.raises(BrowserTrouble) as raised:
        process._start(env, FIREFOX, tmp_path / "b", "127.0.0.1")
    assert raised.value.answer == "Permission denied"


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (-11, "it ended with exit code -11: Trace/breakpoint trap"),
        (None, "the browser closed the connection"),
    ],
    ids=["it has ended", "it lives"],
)
def test_it_ends_while_it_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int | None, answer: str
) -> None:
    """Why is told by its own last words, not by the line that fell silent."""
    running: Any = Running("Trace/breakpoint trap\n", code)
    running.end = lambda: None

    async def use() -> None:
        browser = Browser("Chromium", ("chromium",), Family.CHROME)
        env = described(scratch=tmp_path)
        async with process.started(env, browser, "127.0.0.1", secure=False, deadline=1e9):
            raise BrowserTrouble("Runtime.evaluate", "the browser closed the connection")

    async def nothing(*_: object) -> Any:
        return SimpleNamespace(close=nothing)

    monkeypatch.setattr(process, "_start", lambda *_: running)
    monkeypatch.setattr(process, "_listening", lambda *_: "ws://127.0.0.1:42")
    monkeypatch.setattr(process, "connect", nothing)
    monkeypatch.setitem(process.DRIVERS, Family.CHROME, SimpleNamespace(first_page=nothing))
    with pytest.raises(BrowserTrouble) as raised:
        asyncio.run(use())
    assert (raised.value.step, raised.value.answer) == ("Runtime.evaluate", answer)
