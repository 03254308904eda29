"""The page of a large class in a real Chromium: when it is first painted, and when an open one shows
what has arrived. The browser is driven as the tests do it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import class_load
from class_reports import is_stuck, request
from class_servers import ROOT

LOOKS = 5  # times that the page is asked for
OLD = 6.0  # seconds after which the server has no look at the class left that it may show again
SECONDS = 300.0  # at most, for all of it
PAINTED = """JSON.stringify(performance.getEntriesByName('first-contentful-paint')
.map((one) => one.startTime))"""
HEADING = "JSON.stringify((document.querySelector('h1') || {textContent: ''}).textContent.trim())"
# When the heading first said what, by the clock on the wall
NOTING = """(() => { window.said = {}; const note = () => {
const text = (document.querySelector('h1') || {textContent: ''}).textContent.trim();
if (!(text in window.said)) window.said[text] = Date.now() / 1000; };
new MutationObserver(note).observe(document.body, {childList: true, subtree: true}); note();
return '0'; })()"""


@dataclass(frozen=True)
class Visit:
    """The page, who looks at it, and the class. `meanwhile`: reports a second that learners who are
    there send while an open page is watched.
    """

    address: str
    cookie: str
    code: str
    learners: int
    meanwhile: int = 5

    def send_again(self, turn: int) -> None:
        """Another report of somebody who is there, and as ready as before."""
        one = turn * 7 % self.learners
        again = request(self.code, f"learner{one}", one, time.time(), stuck=is_stuck(one))
        self._send(again)

    def send_new(self, turn: int) -> float:
        """Somebody new, who is ready; returns when it was answered."""
        number = self.learners + 1 + turn
        self._send(request(self.code, f"new{time.time():.3f}", number, time.time()))
        return time.time()

    def _send(self, one: bytes) -> None:
        class_load.send([self._port], [one])

    @property
    def _port(self) -> int:
        return int(self.address.rstrip("/").rpartition(":")[2])


@dataclass(frozen=True)
class Seen:
    """Seconds, one for each time: to the first paint, and from 201 until it was shown."""

    painted: list[float]
    shown: list[float]


def look(visit: Visit) -> Seen | None:
    """None where no Chromium is."""
    sys.path.insert(0, str(ROOT))
    from tests.stories import screen

    from envcheck_checks.browser.catalogue import Family
    from envcheck_checks.browser.discovery import drivable, find
    from envcheck_checks.browser.display import Machine

    here = drivable(find(Machine(sys.platform, {**os.environ}, Path.home())))
    chrome = next((one for one in here if one.family is Family.CHROME), None)
    if chrome is None:
        return None

    async def see() -> Seen:
        async with screen.chromium(env, chrome, SECONDS) as page:
            seen = screen.Screen(page)
            painted = [await _painted(seen, visit, turn) for turn in range(LOOKS)]
            with _meanwhile(visit):
                return Seen(painted, await asyncio.wait_for(_shown(seen, visit), SECONDS))

    with tempfile.TemporaryDirectory() as folder, screen.nobodys_machine(Path(folder)) as env:
        return asyncio.run(see())


async def _painted(screen: Any, visit: Visit, turn: int) -> float:
    """Somebody comes to the page just after something has arrived."""
    await asyncio.sleep(OLD)
    await asyncio.to_thread(visit.send_again, 100 + turn)
    await screen.open(visit.address, visit.cookie)
    while not (found := await screen.read(PAINTED)):
        await asyncio.sleep(0.05)
    return float(found[0]) / 1000


async def _shown(screen: Any, visit: Visit) -> list[float]:
    """On the page that is open now; nobody touches it."""
    await screen.read(NOTING)
    took = []
    for turn in range(2 * LOOKS):
        before = await screen.read("JSON.stringify(Object.keys(window.said))")
        answered = await asyncio.to_thread(visit.send_new, turn)
        while len(said := await screen.read("JSON.stringify(window.said)")) == len(before):
            await asyncio.sleep(0.1)
        took.append(max(0.0, max(said.values()) - answered))
        await asyncio.sleep(0.37 * turn % 1.0)  # not in step with the server's looks
    return took


@contextlib.contextmanager
def _meanwhile(visit: Visit) -> Iterator[None]:
    """Reports keep arriving."""
    over = threading.Event()

    def work() -> None:
        turn = 1000
        while not over.wait(1 / visit.meanwhile):
            turn += 1
            visit.send_again(turn)

    sender = threading.Thread(target=work)
    sender.start()
    try:
        yield
    finally:
        over.set()
        sender.join()
