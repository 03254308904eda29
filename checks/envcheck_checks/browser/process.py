"""A browser started without a window, with a throw-away profile, until it can be told what
to do.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import sys
import time
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from envcheck import Environment
from envcheck.processes.running import Running
from envcheck.removal import remove_tree
from envcheck.sentences import reasoned
from envcheck_checks import overrides
from envcheck_checks.browser import chrome, firefox
from envcheck_checks.browser.catalogue import Browser, Family
from envcheck_checks.browser.driver import Driver, Page
from envcheck_checks.browser.protocol import START, BrowserTrouble, Wire, connect
from envcheck_checks.overrides import Program

START_SECONDS = 25.0
QUIT_SECONDS = 3.0
ENDING_SECONDS = 1.0  # between the end of its connections and its own
DRIVERS: Mapping[Family, Driver] = {Family.CHROME: chrome, Family.FIREFOX: firefox}


@contextlib.asynccontextmanager
async def started(
    env: Environment, browser: Browser, host: str, *, secure: bool, deadline: float
) -> AsyncIterator[Page]:
    """Its first page. Everything of it has ended, and its profile is gone, when this is left.
    Raises BrowserTrouble.
    """
    folder = _folder(env, browser)
    running: Running | None = None
    wire: Wire | None = None
    try:
        running = _start(env, browser, folder, host)
        address = _listening(
            browser, running, folder / "profile", min(deadline, time.monotonic() + START_SECONDS)
        )
        wire = await connect(address, deadline)
        page = await DRIVERS[browser.family].first_page(wire, secure)
        yield page
        await _quit(page, running)
    except BrowserTrouble as trouble:
        if running is None or trouble.step == START or not running.wait(ENDING_SECONDS):
            raise
        raise BrowserTrouble(trouble.step, _ended(running)) from trouble
    finally:
        if running is not None:
            running.end()
        if wire is not None:
            await wire.close()
        remove_tree(folder)


def _folder(env: Environment, browser: Browser) -> Path:
    """A folder of ours; for a snap or flatpak inside its dedicated folder, the only place that both
    sides can see.
    """
    name = f"browser-{secrets.token_hex(4)}"
    if not browser.sealed or not os.path.isdir(Path(browser.shared).parent):
        return env.new_folder(name)
    folder = Path(browser.shared) / f"envcheck-{name}"
    env.on_close(lambda: remove_tree(folder))
    return folder


def _start(env: Environment, browser: Browser, folder: Path, host: str) -> Running:
    driver = DRIVERS[browser.family]
    profile = folder / "profile"
    try:
        for name in ("profile", "home", "tmp"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        driver.prepare(profile, host)
        words = overrides.options(Program.BROWSER, *driver.options(profile, host=host))
        variables = overrides.variables(
            Program.BROWSER, {**driver.VARIABLES, **_home(browser, folder)}
        )
        return env.start([*browser.argv, *words], variables=variables)
    except OSError as error:
        raise BrowserTrouble(START, f"{error.strerror or error}") from error


def _home(browser: Browser, folder: Path) -> dict[str, str]:
    """A dedicated home for what it writes beside its profile; elsewhere than on Linux its profile
    is all it writes.
    """
    if sys.platform in ("win32", "darwin") or browser.sealed:
        return {}
    home = str(folder / "home")
    folders = {
        f"XDG_{name}_HOME": f"{home}/{name.lower()}"
        for name in ("CONFIG", "CACHE", "DATA", "STATE")
    }
    return {"HOME": home, "TMPDIR": str(folder / "tmp"), **folders}


def _listening(browser: Browser, running: Running, profile: Path, deadline: float) -> str:
    """The address at which it listens, waited for. Raises BrowserTrouble with its last words."""
    driver = DRIVERS[browser.family]
    begun = time.monotonic()
    while time.monotonic() < deadline:
        if address := driver.address(profile, running.stderr.text()):
            return address
        if running.wait(0.05):
            raise BrowserTrouble(START, _ended(running))
    raise BrowserTrouble(
        START, f"it does not listen after {time.monotonic() - begun:.0f} s: {_last_words(running)}"
    )


def _ended(running: Running) -> str:
    return reasoned(f"it ended with exit code {running.code}", _last_words(running))


def _last_words(running: Running) -> str:
    lines = [line.strip() for line in running.settled_log().splitlines() if line.strip()]
    return " | ".join(lines[-4:])[-600:] or "it printed nothing"


async def _quit(page: Page, running: Running) -> None:
    """Ended by itself it leaves nothing behind; what does not end is ended."""
    with contextlib.suppress(BrowserTrouble, asyncio.TimeoutError, TimeoutError):
        await asyncio.wait_for(page.quit(), QUIT_SECONDS)
    running.wait(QUIT_SECONDS)
