"""Where a page looks for its kernels, if that is another address than its own: a setting of
`websocket_url` from a server behind a gateway. Ours are spoken to where the server is.
"""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from envcheck_checks.notebook import address
from envcheck_checks.notebook.server import ServerTrouble
from envcheck_checks.notebook.shown import Page

STEP = "reach the kernels at the address that the page names"
SECONDS = 8.0  # a lost packet is sent again after 1, 3 and 7 of them
PORTS = {"ws": 80, "wss": 443, "http": 80, "https": 443}


async def reach(page: Page) -> None:
    """Whoever answers there may lead on to this server. This machine by its usual names is not tried:
    the port may be the one that the learner's own server will have. Raises ServerTrouble.
    """
    if not page.sockets:
        return
    if trouble := await not_there(page.sockets):
        raise ServerTrouble(STEP, trouble)


async def not_there(place: str) -> str:
    """That an address is none, or why nobody is met there; empty where somebody is."""
    parts = urlsplit(place)
    try:
        host, port = parts.hostname, parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        host, port = None, 0
    if host is None:
        return f"{place} is no address"
    trouble = "no such name" if not address.is_name(host) else await _not_reached(host, port)
    return trouble and f"{place}: {trouble}"


async def _not_reached(host: str, port: int) -> str:
    """Why nobody is met there; empty where somebody is."""
    if not address.leads_elsewhere(host):
        return ""
    try:
        _, writer = await asyncio.wait_for(asyncio.open_connection(host, port), SECONDS)
    except (asyncio.TimeoutError, OSError):  # asyncio's is another one before Python 3.11
        return "nobody answers there"
    writer.close()
    return ""
