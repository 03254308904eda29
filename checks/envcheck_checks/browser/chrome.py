"""Chrome, Chromium, Edge and Brave: started without a window, driven by the DevTools protocol."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from envcheck_checks.browser.protocol import BrowserTrouble, Wire

SHIFT = 8  # the modifier's bit in a key event
VARIABLES: Mapping[str, str] = {}
SHIFT_KEY = {"key": "Shift", "code": "ShiftLeft", "windowsVirtualKeyCode": 16}
BACKSPACE_KEY = {"key": "Backspace", "code": "Backspace", "windowsVirtualKeyCode": 8}
DELETE_KEY = {"key": "Delete", "code": "Delete", "windowsVirtualKeyCode": 46}
ENTER_KEY = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "modifiers": SHIFT}


def options(profile: Path, *, host: str) -> list[str]:
    """What follows the program's name. Everything but `host` and loopback goes to a port where
    nobody listens.
    """
    arguments = [
        "--headless=new",
        "--remote-debugging-port=0",
        f"--user-data-dir={profile}",
        "--no-first-run",
        "--no-default-browser-check",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-extensions",
        "--disable-gpu",
        "--disable-breakpad",
        # A container has 64 MB there, and a page of Jupyter dies of that
        "--disable-dev-shm-usage",
        "--password-store=basic",
        "--use-mock-keychain",
        "--proxy-server=http://127.0.0.1:9",
        f"--proxy-bypass-list={host}",
        "--window-size=1280,900",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chrome refuses to start as root with it
    return [*arguments, "about:blank"]


def prepare(profile: Path, host: str) -> None:
    """Nothing: Chrome needs no file in its profile before it starts."""


def address(profile: Path, stderr: str) -> str:
    """Where Chrome listens, as soon as it says so; empty before."""
    try:
        port, path = (profile / "DevToolsActivePort").read_text(encoding="utf-8").split("\n")[:2]
    except (OSError, ValueError):  # not written, or not to its end
        line = stderr.partition("DevTools listening on ")[2]
        return line.split("\n")[0].strip() if "\n" in line else ""
    return f"ws://127.0.0.1:{port}{path}"


@dataclass
class ChromePage:
    """The one page that it starts with. `session` names it in every message."""

    wire: Wire
    session: str

    async def go(self, address: str) -> None:
        await self._ask("Page.navigate", url=address)

    async def text_of(self, script: str) -> str:
        try:
            reply = await self._ask("Runtime.evaluate", expression=script, returnByValue=True)
        except BrowserTrouble as trouble:
            if "context" in trouble.answer:  # between two pages
                return ""
            raise
        return str(reply.get("result", {}).get("value") or "")

    async def click(self, x: float, y: float) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            await self._ask(
                "Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1
            )

    async def type(self, text: str) -> None:
        for letter in text:
            await self._ask("Input.dispatchKeyEvent", type="keyDown", key=letter, text=letter)
            await self._ask("Input.dispatchKeyEvent", type="keyUp", key=letter)

    async def erase(self, letters: int) -> None:
        for key in (BACKSPACE_KEY, DELETE_KEY):
            for _ in range(letters):
                await self._ask("Input.dispatchKeyEvent", type="rawKeyDown", **key)
                await self._ask("Input.dispatchKeyEvent", type="keyUp", **key)

    async def shift_enter(self) -> None:
        await self._ask("Input.dispatchKeyEvent", type="rawKeyDown", modifiers=SHIFT, **SHIFT_KEY)
        await self._ask("Input.dispatchKeyEvent", type="keyDown", text="\r", **ENTER_KEY)
        await self._ask("Input.dispatchKeyEvent", type="keyUp", **ENTER_KEY)
        await self._ask("Input.dispatchKeyEvent", type="keyUp", **SHIFT_KEY)

    async def quit(self) -> None:
        await self.wire.ask("Browser.close", {})

    async def _ask(self, method: str, **params: object) -> dict[str, dict[str, object]]:
        return dict(await self.wire.ask(method, params, sessionId=self.session))


async def first_page(wire: Wire, secure: bool) -> ChromePage:
    """The page that is open after the start. `secure`: the address has a certificate of the
    learner's own making.
    """
    targets = (await wire.ask("Target.getTargets", {}))["targetInfos"]
    pages = [info["targetId"] for info in targets if info["type"] == "page"]
    target = (
        pages[0]
        if pages
        else (await wire.ask("Target.createTarget", {"url": "about:blank"}))["targetId"]
    )
    session = (await wire.ask("Target.attachToTarget", {"targetId": target, "flatten": True}))[
        "sessionId"
    ]
    for domain in ("Page", "Runtime", "Log"):
        await wire.ask(f"{domain}.enable", {}, sessionId=session)
    await wire.ask("Page.bringToFront", {}, sessionId=session)
    if secure:
        await wire.ask("Security.setIgnoreCertificateErrors", {"ignore": True}, sessionId=session)
    return ChromePage(wire, str(session))
