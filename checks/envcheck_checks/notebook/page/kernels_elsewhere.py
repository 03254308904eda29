"""Where a page looks for its kernels, if that is another address than its own: a setting of
`websocket_url` from a server behind a gateway. Ours are spoken to where the server is.

An address of this machine may be the one that the learner's own server will have: then it is
compared with what that server will be. At any other, somebody must answer.
"""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from envcheck_checks.notebook.page.shown import Page
from envcheck_checks.notebook.server.learners_server import ServerTrouble
from envcheck_checks.notebook.settings import address

STEP = "reach the kernels at the address that the page names"
SECONDS = 8.0  # a lost packet is sent again after 1, 3 and 7 of them
TRIED = 5  # ports in a row, where the first is taken
SECURE = ("wss", "https")
PORTS = {"ws": 80, "wss": 443, "http": 80, "https": 443}


async def reach(page: Page, own: str) -> None:
    """Whoever answers there may lead on to this server. `own` is the address that the page itself
    would have on the learner's own server. Raises ServerTrouble.
    """
    if not page.sockets:
        return
    if trouble := _differs(page, own) or await not_there(page.sockets, _ports(own)):
        raise ServerTrouble(STEP, trouble)


def _differs(page: Page, own: str) -> str:
    """What no server behind the page's own address can have; empty where all is as it must be."""
    there, here = urlsplit(page.sockets), urlsplit(own)
    if address.leads_elsewhere(there.hostname or "") or _port(page.sockets) not in _ports(own):
        return ""
    if (there.scheme in SECURE) != (here.scheme in SECURE):
        return f"{page.sockets}: your Jupyter is at {here.scheme}://{here.netloc}"
    base = str(page.config.get("baseUrl") or "/")
    if page.config and there.path.strip("/") != base.strip("/"):
        return f"{page.sockets}: the addresses of your Jupyter begin with {base}"
    return ""


def ports_from(first: int) -> range:
    """Those that the learner's own server may come to have, where it would try this one first."""
    return range(first, first + TRIED)


def _ports(own: str) -> range:
    return ports_from(_port(own))


def _port(place: str) -> int:
    parts = urlsplit(place)
    try:
        return parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        return 0


async def not_there(place: str, theirs: range) -> str:
    """That an address is none, or why nobody is met there; empty where somebody is, or the learner's
    own server will be, at one of these ports.
    """
    host, port = urlsplit(place).hostname, _port(place)
    if host is None or not port:
        return f"{place} is no address"
    if not address.is_name(host):
        return f"{place}: no such name"
    if port in theirs and not address.leads_elsewhere(host):
        return ""
    trouble = await _not_reached(host, port)
    return trouble and f"{place}: {trouble}"


async def _not_reached(host: str, port: int) -> str:
    """Why nobody is met there; empty where somebody is."""
    try:
        _, writer = await asyncio.wait_for(asyncio.open_connection(host, port), SECONDS)
    except (asyncio.TimeoutError, OSError):  # asyncio's is another one before Python 3.11
        return "nobody answers there"
    writer.close()
    return ""
