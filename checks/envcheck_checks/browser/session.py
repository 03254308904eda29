"""The notebook page in a browser: a dedicated server, a cell typed and run, the output read back
from the page.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from envcheck import Environment, Outcome, ok, unknown
from envcheck_checks.browser.catalogue import Browser
from envcheck_checks.browser.diagnose import diagnose_page, diagnose_start
from envcheck_checks.browser.process import started
from envcheck_checks.browser.protocol import BrowserTrouble
from envcheck_checks.browser.run_cell import PageTrouble, run_a_cell
from envcheck_checks.browser.waiting_notebook import WaitingNotebook, waiting_notebook
from envcheck_checks.interference.private_folders import give_settings
from envcheck_checks.notebook.launching import does_not_start, step_fails
from envcheck_checks.notebook.server import learners_server
from envcheck_checks.notebook.server.learners_server import Server, ServerTrouble
from envcheck_checks.notebook.server.slow import SLOW_SECONDS

if TYPE_CHECKING:
    from envcheck_checks.jupyter.check import LaunchWay
    from envcheck_checks.stack import Stack

# Seconds; the rest of the check's time is for ending everything before the runner's own limit
OURS = 72.0
PAGES = {"notebook": "/notebooks/", "jupyterlab": "/lab/tree/", "nbclassic": "/notebooks/"}


def serve(
    env: Environment, stack: Stack, way: LaunchWay, candidates: tuple[Browser, ...]
) -> Outcome:
    """The page in the first of these browsers that starts."""
    begun, page = time.monotonic(), PAGES.get(way.module, "/notebooks/")
    try:
        up = learners_server.start(env, way, "server-of-interface")
    except OSError as error:
        return does_not_start.diagnose(env, stack, None, _has_passed, f"{error.strerror or error}")
    try:
        if not up.wait_up(begun + learners_server.UP_SECONDS):
            if up.running.code is None:
                return unknown("the notebook server was waited for in vain, and came up before")
            return does_not_start.diagnose(env, stack, up, _has_passed, "")
        give_settings(env, up.ipython)
        return asyncio.run(_try(env, stack, up, candidates, page, begun))
    except learners_server.AddsWords as trouble:
        return unknown(f"the notebook server was not tried: {trouble.actual}")
    finally:
        up.running.end()


def _has_passed(changes: object) -> bool:  # noqa: ARG001  # as a trial is called
    """The notebook check has passed with the same settings: none of them is the cause."""
    return False


async def _try(
    env: Environment,
    stack: Stack,
    up: Server,
    candidates: tuple[Browser, ...],
    page: str,
    begun: float,
) -> Outcome:
    """The first browser that starts decides."""
    dead: list[tuple[Browser, BrowserTrouble]] = []
    deadline = begun + OURS
    for browser in candidates:
        try:
            async with waiting_notebook(env, up, page, deadline) as notebook:
                printed = await _visit(env, browser, up, notebook, deadline)
        except BrowserTrouble as trouble:
            dead.append((browser, trouble))
            continue
        except PageTrouble as trouble:
            if trouble.cut_short or up.seconds > SLOW_SECONDS:
                return unknown(f"all is slow here: the page had too little time in {browser.name}")
            return diagnose_page(browser, up.token, trouble)
        except ServerTrouble as trouble:
            if trouble.late:
                return unknown(f"this was waited for in vain, and worked before: {trouble.step}")
            return step_fails.diagnose(env, stack, up, _has_passed, trouble)
        seconds = time.monotonic() - begun
        warnings = [diagnose_start(browser, trouble) for browser, trouble in dead]
        return ok(
            f"{browser.name} showed the page, and a typed cell answered {printed} in {seconds:.1f} s",
            *warnings,
        )
    return tuple(diagnose_start(browser, trouble) for browser, trouble in dead)


async def _visit(
    env: Environment, browser: Browser, up: Server, notebook: WaitingNotebook, deadline: float
) -> str:
    host = urlsplit(up.address).hostname or "127.0.0.1"
    async with started(env, browser, host, secure=up.secure is not None, deadline=deadline) as page:
        try:
            await page.go(f"{up.address}{notebook.path}?token={quote(up.token)}")
            return await run_a_cell(page, notebook.connected, deadline)
        except PageTrouble as trouble:
            trouble.complaints = tuple(page.wire.complaints)
            raise
