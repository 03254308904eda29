"""One page of a running browser, as a learner's hands and eyes use it, whichever protocol is behind
it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from envcheck_checks.browser.protocol import Wire


class Page(Protocol):
    """The page of a browser that was started. All of its methods raise BrowserTrouble."""

    wire: Wire

    async def go(self, address: str) -> None:
        """Begin to load an address; does not wait for the page."""

    async def text_of(self, script: str) -> str:
        """The text that a JavaScript expression gives; empty while there is no page to ask."""

    async def click(self, x: float, y: float) -> None:
        """Press and release the left button at a point of the window, in pixels."""

    async def type(self, text: str) -> None:
        """Type a text, key after key."""

    async def erase(self, letters: int) -> None:
        """Take away so many letters on either side of the cursor, key after key."""

    async def shift_enter(self) -> None:
        """Press Shift and Enter, which runs a cell."""

    async def quit(self) -> None:
        """Ask the browser to end."""


class Driver(Protocol):
    """How one family of browsers is started and spoken to: the modules `chrome` and `firefox` are
    these.
    """

    VARIABLES: Mapping[str, str]

    def options(self, profile: Path, *, host: str) -> list[str]:
        """What follows the program's name; `host` is the only address that it may reach."""

    def prepare(self, profile: Path, host: str) -> None:
        """Write what must lie in the profile before the start."""

    def address(self, profile: Path, stderr: str) -> str:
        """Where the browser listens, as far as it says so; empty before."""

    async def first_page(self, wire: Wire, secure: bool) -> Page:
        """The page that is open after the start."""
