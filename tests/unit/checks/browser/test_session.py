"""Which browser decides, and who is blamed when the page does not come."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.unit.described_machines import STACK, on

from envcheck import Diagnosis, Fine, Outcome, Severity, Unknown, fail
from envcheck_checks.browser import session
from envcheck_checks.browser.catalogue import Browser, Family
from envcheck_checks.browser.protocol import BrowserTrouble
from envcheck_checks.browser.run_cell import Look, PageTrouble
from envcheck_checks.notebook.server.learners_server import ServerTrouble

CHROME = Browser("Chromium", ("/usr/bin/chromium",), Family.CHROME)
FIREFOX = Browser("Firefox", ("/usr/bin/firefox",), Family.FIREFOX)
DEAD = BrowserTrouble("start the browser", "it ended with exit code 1")
BLANK = PageTrouble("shown", Look(title="Jupyter"))
SERVER = fail("server-dies", "the server died")


def came(
    folder: Path, monkeypatch: pytest.MonkeyPatch, seconds: float = 2.0, **visits: str | Exception
) -> tuple[Outcome, list[str]]:
    """What is said when each browser's visit ends so, and which browsers were tried."""
    tried: list[str] = []

    async def visit(_: object, browser: Browser, *__: object) -> str:
        tried.append(browser.name)
        end = visits[browser.name]
        if isinstance(end, Exception):
            raise end
        return end

    @contextlib.asynccontextmanager
    async def notebook(*_: object) -> AsyncIterator[None]:
        yield None

    monkeypatch.setattr(session, "_visit", visit)
    monkeypatch.setattr(session, "waiting_notebook", notebook)
    monkeypatch.setattr("envcheck_checks.notebook.launching.step_fails.diagnose", lambda *_: SERVER)
    up = cast(Any, SimpleNamespace(token="hush", seconds=seconds))
    browsers = tuple(browser for browser in (CHROME, FIREFOX) if browser.name in visits)
    env = on("linux", folder)
    begun = time.monotonic()
    outcome = asyncio.run(session._try(env, STACK, up, browsers, "/notebooks/", begun))
    return outcome, tried


def test_the_first_browser_that_starts_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second is not tried."""
    outcome, tried = came(tmp_path, monkeypatch, Chromium="5050", Firefox="5050")
    assert isinstance(outcome, Fine)
    assert outcome.summary.startswith("Chromium showed the page, and a typed cell answered 5050")
    assert outcome.warnings == ()
    assert tried == ["Chromium"]


def test_one_that_does_not_start_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is proved in another."""
    outcome, tried = came(tmp_path, monkeypatch, Chromium=DEAD, Firefox="5050")
    assert isinstance(outcome, Fine)
    assert outcome.summary.startswith("Firefox")
    (warning,) = outcome.warnings
    assert (warning.code, warning.severity) == ("browser-does-not-start", Severity.WARNING)
    assert "Chromium" in warning.summary
    assert tried == ["Chromium", "Firefox"]


def test_where_none_starts_nothing_is_proved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A warning for each, and no word that it works."""
    outcome, _ = came(tmp_path, monkeypatch, Chromium=DEAD, Firefox=DEAD)
    assert isinstance(outcome, tuple)
    assert [one.severity for one in outcome] == [Severity.WARNING] * 2


def test_a_page_that_does_not_work_is_not_tried_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The learner would see the same."""
    outcome, tried = came(tmp_path, monkeypatch, Chromium=BLANK, Firefox="5050")
    assert isinstance(outcome, Diagnosis)
    assert (outcome.code, outcome.severity) == ("notebook-page-blank", Severity.ERROR)
    assert tried == ["Chromium"]


SLOW_PAGE = PageTrouble("shown", Look(title="Jupyter"), cut_short=True)
SLOW_STEP = ServerTrouble("ask for the kernels", "no answer in time", late=True)


@pytest.mark.parametrize(("end", "seconds"), [(SLOW_PAGE, 2.0), (BLANK, 30.0), (SLOW_STEP, 2.0)])
def test_where_all_is_slow_nothing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: Exception, seconds: float
) -> None:
    """The server or the browser took the time that the page should have had."""
    outcome, tried = came(tmp_path, monkeypatch, seconds, Chromium=end, Firefox="5050")
    assert isinstance(outcome, Unknown)
    assert tried == ["Chromium"]


def test_a_server_that_fails_meanwhile_is_the_cause(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not the browser."""
    trouble = ServerTrouble("save a notebook", "HTTP 500")
    assert came(tmp_path, monkeypatch, Chromium=trouble)[0] == SERVER
