"""One page of a running browser, as a learner's hands and eyes use it, whichever protocol is behind
it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from envcheck_checks.browser.protocol import Wire


class Page(Protocol):
    """All of it raises BrowserTrouble."""

    wire: Wire

    async def go(self, address: str) -> None:
        """Begin to load an address; does not wait for the page."""

    async def text_of(self, script: str) -> str:
        """The text that a JavaScript expression gives; empty while there is no page to ask."""

    async def click(self, x: float, y: float) -> None:
        """The left button, at a point of the window."""

    async def type(self, text: str) -> None:
        """Key after key."""

    async def shift_enter(self) -> None:
        """What runs a cell."""

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
        """What lies in the profile before the start."""

    def address(self, profile: Path, stderr: str) -> str:
        """Where it listens; empty as long as it does not say."""

    async def first_page(self, wire: Wire, secure: bool) -> Page:
        """The page that is open after the start."""
