"""The page that Jupyter opens in the learner's browser, and prints: an address of its own choice."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from envcheck import foreign_file
from envcheck_checks.notebook.server.learners_server import Server
from envcheck_checks.notebook.settings.port import USUAL_PORT

# What the browser is led by: written a moment after the runtime file.
REDIRECT_FILES = ("jpserver-*-open.html", "nbserver-*-open.html")
REDIRECT = re.compile(r'content="\d+;\s*url=([^"]+)"')
PRINTED = re.compile(r"https?://[^\s'\"<>]+")
SECONDS = 1.0
LONGEST = 8.0  # where nothing is printed either: a disk may be slow


@dataclass(frozen=True)
class Opened:
    """A page by its path on the server, and the host that the address names, as it is written. `port`
    is where the learner's own server would listen: ours is another.
    """

    path: str
    host: str = ""
    port: int = USUAL_PORT

    def at_their_port(self, path: str, *, secure: bool) -> str:
        """The address of a path as the learner's browser has it."""
        name = urlsplit(f"//{self.host or 'localhost'}").hostname or "localhost"
        host = f"[{name}]" if ":" in name else name
        return f"http{'s' if secure else ''}://{host}:{self.port}{path}"


def opened(server: Server, usual: str, port: int = USUAL_PORT) -> Opened:
    """By the file that leads the browser; where Jupyter is told to write none, by what it prints;
    `usual` where it prints nothing either. `port` is the learner's.
    """
    begun = time.monotonic()
    while not (address := _in_file(server)):
        waited = time.monotonic() - begun
        if waited > (SECONDS if _printed(server) else LONGEST) or server.running.wait(0.02):
            break
    parts = urlsplit(address or _printed(server))
    if not parts.path:
        return Opened(usual, port=port)
    return Opened(within(server, parts.path), parts.netloc, port)


def within(server: Server, path: str) -> str:
    """A path of the server's site, without the part that all its addresses begin with."""
    base = urlsplit(server.address).path
    return path.removeprefix(base) if path.startswith(f"{base}/") else path


def _in_file(server: Server) -> str:
    for pattern in REDIRECT_FILES:
        for file in (server.folder / "runtime").glob(pattern):
            try:
                hit = REDIRECT.search(foreign_file.text(file))
            except OSError:
                continue
            if hit:
                return unescape(hit[1])
    return ""


def _printed(server: Server) -> str:
    port = f":{urlsplit(server.address).port}/"
    addresses = PRINTED.findall(server.running.stderr.text())
    return next((address for address in addresses if port in address), "")
