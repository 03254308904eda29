"""A page in a real Chromium as different people meet it: on a phone, in the dark, by the keyboard
alone, with a screen reader, without JavaScript.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.pace import within

from envcheck.environment import Environment, Located, Options
from envcheck.model import Course
from envcheck.run.request import Request
from envcheck.run.workplace import environment
from envcheck_checks.browser import process
from envcheck_checks.browser.catalogue import Browser
from envcheck_checks.browser.chrome import ChromePage

AXE = Path(__file__).parents[2] / ".test-tools/node_modules/axe-core/axe.min.js"
WIDE, PHONE = 1280, 360  # pixels
# Everything but the experimental rules
RUN_AXE = """axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
'best-practice'], resultTypes: ['violations']}).then((found) => JSON.stringify(found.violations.map(
(one) => `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html).join(' and ')}`)))"""
OPEN_ALL = "document.querySelectorAll('details').forEach((one) => { one.open = true; }); ''"
# What a person can do something with, in the order of the page
STOPS = """window.stops = [...document.querySelectorAll(
"a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]")]
.filter((one) => one.checkVisibility()); String(window.stops.length)"""
AT = """(() => { const at = document.activeElement, look = getComputedStyle(at);
const box = at.getBoundingClientRect();
const ring = look.outlineStyle === 'auto' ||
(look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2);
const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
return JSON.stringify([window.stops.indexOf(at), ring, inside, at.outerHTML.slice(0, 100)]); })()"""
# What is wider than a window, on a phone as well, where `innerWidth` grows with the page
WIDER = """JSON.stringify([document.documentElement.scrollWidth, [...document.body.querySelectorAll('*')]
.filter((one) => one.getBoundingClientRect().right > %d + 1 && !one.closest('.scroll'))
.slice(0, 3).map((one) => one.outerHTML.slice(0, 100))])"""
# Words that lie on each other: lines of text, 4 pixels into each other in both directions. What only a
# screen reader is given is clipped away; text in a drawing is placed by hand.
OVERLAPS = """(() => { const lines = [], walker = document.createTreeWalker(document.body, 4);
while (walker.nextNode()) { const node = walker.currentNode, one = node.parentElement;
if (!node.data.trim() || !one.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true}))
continue;
let clipped = false;
for (let up = one; up; up = up.parentElement) { const look = getComputedStyle(up);
clipped ||= look.clipPath !== 'none' || up.tagName === 'svg' || look.position === 'fixed'; }
if (clipped) continue;
const range = document.createRange(); range.selectNodeContents(node);
for (const box of range.getClientRects()) lines.push([box, node]); }
lines.sort((one, other) => one[0].top - other[0].top);
const found = [];
lines.forEach(([box, node], place) => { for (let next = place + 1; next < lines.length; next++) {
const [other, text] = lines[next];
if (other.top > box.bottom - 4) break;
if (text !== node && Math.min(box.right, other.right) - Math.max(box.left, other.left) > 4
&& Math.min(box.bottom, other.bottom) - other.top > 4 && found.length < 3)
found.push(`"${node.data.trim().slice(0, 40)}" and "${text.data.trim().slice(0, 40)}"`); } });
return JSON.stringify(found); })()"""
# What is kept on one page of paper though it is taller than half of one (US Letter, with margins):
# the page before it ends in blank paper.
TORN = """JSON.stringify([...document.body.querySelectorAll('*')]
.filter((one) => getComputedStyle(one).breakInside === 'avoid' && one.offsetHeight > 450)
.slice(0, 3).map((one) => `${one.offsetHeight} pixels, ${one.outerHTML.slice(0, 80)}`))"""
PAPER = 740  # pixels
SAYS = """JSON.stringify([...document.querySelectorAll('title, h1, h2, h3, dt, th, label, button, a')]
.map((one) => one.textContent.trim()))"""
TAB = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}


@dataclass
class Screen:
    """One browser's only page."""

    page: ChromePage

    async def tell(self, method: str, **params: object) -> dict[str, Any]:
        """A command of the DevTools protocol."""
        return dict(await self.page.wire.ask(method, params, sessionId=self.page.session))

    async def read(self, script: str) -> Any:
        """The JSON that an expression gives, now or later."""
        said = await self.tell(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in said, said["exceptionDetails"]
        value = said["result"].get("value")
        return json.loads(value) if value else None

    async def set(self, width: int = WIDE, *, dark: bool = False, scripts: bool = True) -> None:
        """Who sits before it."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        await self.tell("Emulation.setEmulatedMedia", media="", features=[scheme])
        await self.tell(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=800,
            deviceScaleFactor=1,
            mobile=width == PHONE,
        )
        await self.tell("Emulation.setScriptExecutionDisabled", value=not scripts)

    async def open(self, address: str, cookie: str = "", then: str = "") -> None:
        """Load the page, do something that leads to another, and open all that opens in it."""
        if cookie:
            name, _, value = cookie.partition("=")
            await self.tell("Network.setCookie", name=name, value=value, url=address)
        await self.page.go(address)
        await self._loaded(address)
        if then:
            await self.page.text_of(f"window.before = 1; {then}; ''")
            await self._loaded(address)
        await self.page.text_of(OPEN_ALL)

    async def _loaded(self, address: str) -> None:
        deadline = time.monotonic() + within(20)
        while await self.page.text_of("window.before || document.readyState") != "complete":
            assert time.monotonic() < deadline, f"{address} does not load"
            await asyncio.sleep(0.01)

    async def violations(self) -> list[str]:
        """What axe-core says against the page."""
        await self.page.text_of(f"{AXE.read_text('utf-8')}; ''")
        found: list[str] = await self.read(RUN_AXE)
        return found

    async def sideways(self, window: int) -> list[str]:
        """What makes the page wider than the window."""
        width, culprits = await self.read(WIDER % window)
        return [f"{width} pixels wide", *culprits] if width > window or culprits else []

    async def overlaps(self) -> list[str]:
        """Words that cannot be read, for other words lie on them."""
        found: list[str] = await self.read(OVERLAPS)
        return found

    async def torn(self) -> list[str]:
        """What leaves the paper before it blank when the page is printed."""
        await self.set(PAPER)
        await self.tell("Emulation.setEmulatedMedia", media="print")
        found: list[str] = await self.read(TORN)
        return found

    async def lost_keys(self) -> list[str]:
        """What the Tab key does not reach in the page's order, or does not show that it did."""
        lost: list[str] = []
        stops = int(await self.page.text_of(STOPS))
        for wanted in range(stops):
            await self.tell("Input.dispatchKeyEvent", type="rawKeyDown", **TAB)
            await self.tell("Input.dispatchKeyEvent", type="keyUp", **TAB)
            place, ring, inside, text = await self.read(AT)
            if place != wanted:
                return [*lost, f"Tab {wanted + 1} of {stops} came to {place}: {text}"]
            if not (ring and inside):
                lost.append(f"the focus cannot be seen: {text}")
        return lost

    async def says(self) -> list[str]:
        """The words by which a person finds their way."""
        words: list[str] = await self.read(SAYS)
        return words

    async def picture(self, file: Path) -> None:
        """The whole page, as PNG."""
        got = await self.tell("Page.captureScreenshot", captureBeyondViewport=True)
        file.write_bytes(base64.b64decode(got["data"]))


def need_axe() -> None:
    """The test needs axe-core."""
    if not AXE.is_file():
        pytest.skip("axe-core is not here: scripts/install-test-tools gets it from npm")


@contextlib.contextmanager
def nobodys_machine(folder: Path) -> Iterator[Environment]:
    """An environment in which a browser can be started."""
    (folder / "work").mkdir(parents=True)
    variables = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    request = Request(
        Course("c", "C", []),
        (),
        (),
        Located((sys.executable,), "the test's"),
        variables,
        folder / "work",
        Options(),
    )
    with environment(request) as made:
        yield made


@contextlib.asynccontextmanager
async def chromium(env: Environment, browser: Browser, seconds: float) -> AsyncIterator[ChromePage]:
    """The browser's first page, for so long."""
    deadline = time.monotonic() + within(seconds)
    async with process.started(env, browser, "127.0.0.1", secure=False, deadline=deadline) as page:
        assert isinstance(page, ChromePage)
        yield page
