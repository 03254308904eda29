"""Firefox: started without a window, driven by WebDriver BiDi."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from envcheck.shape import read_file
from envcheck_checks.browser.protocol import BrowserTrouble, Wire

SHIFT, ENTER = "\ue008", "\ue006"  # as WebDriver spells them
BACKSPACE, DELETE = "\ue003", "\ue017"
VARIABLES: Mapping[str, str] = {
    "MOZ_HEADLESS_WIDTH": "1280",
    "MOZ_HEADLESS_HEIGHT": "900",
    "MOZ_CRASHREPORTER_DISABLE": "1",
}
# On about:blank the address bar has the focus, for good: letters would still arrive in a page, and
# JupyterLab would not learn which notebook is in use.
FIRST = "data:text/html,envcheck"
LISTENING = "WebDriver BiDi listening on "

# Beside what Firefox sets by itself when it is driven: it asks nobody for anything, and shows our
# page only.
PREFERENCES: dict[str, object] = {
    "app.normandy.enabled": False,
    "app.update.auto": False,
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage": "about:blank",
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.proxy.http": "127.0.0.1",  # nobody listens there: nothing but loopback is reached
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.type": 1,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.enabled": False,
    "trailhead.firstrun.didSeeAboutWelcome": True,
}


def options(profile: Path, *, host: str) -> list[str]:  # noqa: ARG001  # `prepare` has said it
    """What follows the program's name on the command line."""
    return [
        "--headless",
        "--remote-debugging-port=0",
        "--profile",
        str(profile),
        "--no-remote",
        FIRST,
    ]


def prepare(profile: Path, host: str) -> None:
    """Write the settings of the profile, before Firefox starts."""
    preferences = {**PREFERENCES, "network.proxy.no_proxies_on": host}
    lines = [
        f"user_pref({json.dumps(name)}, {json.dumps(value)});"
        for name, value in preferences.items()
    ]
    (profile / "user.js").write_text("\n".join(lines) + "\n", encoding="utf-8")


def address(profile: Path, stderr: str) -> str:
    """Where Firefox listens, as soon as it says so; empty before."""
    line = stderr.partition(LISTENING)[2]
    if "\n" in line:
        return f"{line.split()[0]}/session"
    # On Windows it has no stderr. The file may not be written, or not to its end.
    file = read_file(profile / "WebDriverBiDiServer.json", {"ws_host": str, "ws_port": int})
    return f"ws://{file['ws_host']}:{file['ws_port']}/session" if file else ""


@dataclass
class FirefoxPage:
    """The one page that it starts with; `context` is its name in every message."""

    wire: Wire
    context: str

    async def go(self, address: str) -> None:
        await self.wire.ask(
            "browsingContext.navigate", {"context": self.context, "url": address, "wait": "none"}
        )

    async def text_of(self, script: str) -> str:
        params = {"expression": script, "target": {"context": self.context}, "awaitPromise": False}
        try:
            reply = await self.wire.ask("script.evaluate", params)
        except BrowserTrouble as trouble:
            if (
                "DiscardedBrowsingContext" in trouble.answer
                or "no such frame" in trouble.answer
                or "AbortError" in trouble.answer
            ):
                return ""
            raise
        return str(reply.get("result", {}).get("value") or "")

    async def click(self, x: float, y: float) -> None:
        go, press, release = {"x": round(x), "y": round(y)}, {"button": 0}, {"button": 0}
        moves = [
            {"type": "pointerMove", **go},
            {"type": "pointerDown", **press},
            {"type": "pointerUp", **release},
        ]
        await self._do(
            {
                "type": "pointer",
                "id": "mouse",
                "parameters": {"pointerType": "mouse"},
                "actions": moves,
            }
        )

    async def type(self, text: str) -> None:
        await self._keys([(kind, letter) for letter in text for kind in ("keyDown", "keyUp")])

    async def erase(self, letters: int) -> None:
        keys = [key for key in (BACKSPACE, DELETE) for _ in range(letters)]
        await self._keys([(kind, key) for key in keys for kind in ("keyDown", "keyUp")])

    async def shift_enter(self) -> None:
        await self._keys(
            [("keyDown", SHIFT), ("keyDown", ENTER), ("keyUp", ENTER), ("keyUp", SHIFT)]
        )

    async def quit(self) -> None:
        await self.wire.ask("browser.close", {})

    async def _keys(self, strokes: list[tuple[str, str]]) -> None:
        await self._do(
            {
                "type": "key",
                "id": "keyboard",
                "actions": [{"type": kind, "value": key} for kind, key in strokes],
            }
        )

    async def _do(self, source: dict[str, object]) -> None:
        await self.wire.ask("input.performActions", {"context": self.context, "actions": [source]})


async def first_page(wire: Wire, secure: bool) -> FirefoxPage:
    """The page that is open after the start. `secure`: the address has a certificate of the
    learner's own making.
    """
    wanted = {"alwaysMatch": {"acceptInsecureCerts": True}} if secure else {}
    await wire.ask("session.new", {"capabilities": wanted})
    await wire.ask("session.subscribe", {"events": ["log.entryAdded"]})
    context = str(
        (await wire.ask("browsingContext.getTree", {"maxDepth": 0}))["contexts"][0]["context"]
    )
    await wire.ask("browsingContext.activate", {"context": context})
    return FirefoxPage(wire, context)
