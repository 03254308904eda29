"""Following a link of the course as a browser would, with no more than a few small requests, within
short bounds.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin

from envcheck import __version__
from envcheck_checks.index.config_files import Setting, address
from envcheck_checks.index.facts import Asked, Trouble
from envcheck_checks.index.settings import Settings
from envcheck_checks.network.clock import ahead_of
from envcheck_checks.network.connect import connect
from envcheck_checks.network.session import (
    Bounds,
    explained,
    hop_of,
    port_of,
    proxy_for,
    session_through,
    trust_the_system,
)
from envcheck_checks.reading.facts import Answer, Canary, Move, Name

if TYPE_CHECKING:
    import requests

HEADERS = {"User-Agent": f"envcheck/{__version__}", "Accept": "text/html, */*;q=0.5"}
CANARY, ITS_WORDS = "http://example.com/", b"Example Domain"
HOPS = 6
FIRST_BYTES = 4_096
TUNNEL_STATUSES = (403, 407, 503)  # by which a proxy says that it does not pass a request on
# A name that does not exist, or has no address; by name, since systems give them different numbers.
UNKNOWN = {
    getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name)
} | {11001, 11004}


def ask(link: str, settings: Settings, bounds: Bounds) -> Answer:
    """Where the link leads in the end, and what is said there."""
    begun, url = time.monotonic(), at(link)
    moves: list[Move] = []
    for _ in range(HOPS):
        answer, location = _request(url, settings, bounds, "HEAD")
        if not location:
            asked = replace(answer.asked, seconds=time.monotonic() - begun)
            return replace(answer, link=link, asked=asked, moves=tuple(moves))
        url = urljoin(url, location)
        moves.append(Move(url, answer.asked.status in (301, 308)))
    asked = Asked(Setting(url), Trouble.STATUS, detail="it redirects without end")
    return Answer(link, asked, moves=tuple(moves))


def at(link: str) -> str:
    """The address to ask: YouTube shows a page even for a video that is gone, so it is asked about
    the video.
    """
    where = address(link)
    if where.hostname in ("www.youtube.com", "youtube.com") and where.path == "/watch":
        return f"{where.scheme}://{where.netloc}/oembed?format=json&url={quote(link, safe='')}"
    return link


def ask_canary(settings: Settings, bounds: Bounds) -> Canary:
    """Whether a page that is always the same comes as it is: a login page of the network comes in
    place of it.
    """
    answer, location = _request(CANARY, settings, bounds, "GET")
    if location:
        to = urljoin(CANARY, location)
        return Canary(
            replace(answer, moves=(Move(to, False),)),
            genuine=(address(to).hostname or "").endswith("example.com"),
        )
    return Canary(
        answer, genuine=answer.trouble is Trouble.NONE and answer.asked.detail == ITS_WORDS.decode()
    )


def look_up(host: str) -> tuple[Name, tuple[str, ...]]:
    """The addresses of a name. Finding them takes as long as the system lets it."""
    try:
        addresses = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        return (Name.UNKNOWN if error.errno in UNKNOWN else Name.FAILED), ()
    except (OSError, UnicodeError):
        return Name.FAILED, ()
    return Name.FOUND, tuple(dict.fromkeys(str(row[4][0]) for row in addresses))


def _request(url: str, settings: Settings, bounds: Bounds, method: str) -> tuple[Answer, str]:
    """One address asked, and the address that it redirects to, if it does."""
    where = address(url)
    if where.scheme not in ("http", "https") or not where.hostname:
        return Answer(url, Asked(Setting(url), Trouble.UNUSABLE)), ""
    proxy = proxy_for(where, settings)
    hop = hop_of(proxy) if proxy.value else where
    asked = Asked(Setting(url), proxy=proxy, at_proxy=bool(proxy.value))
    name, addresses = (Name.FOUND, ()) if proxy.value else look_up(where.hostname)
    answer = Answer(url, asked, name, addresses)
    if name is not Name.FOUND or not hop.hostname:
        return _with(answer, Trouble.UNUSABLE if name is Name.FOUND else Trouble.NO_NAME), ""
    if answer.to_this_machine:
        return _with(answer, Trouble.REFUSED), ""  # whatever listens here is not the site
    trouble = connect(hop.hostname, port_of(hop), bounds.connect)
    if trouble is not Trouble.NONE or hop.scheme.startswith("socks"):
        return _with(answer, Trouble.SOCKS if trouble is Trouble.NONE else trouble), ""
    return _fetch(answer, settings, bounds, method)


def _with(answer: Answer, trouble: Trouble) -> Answer:
    return replace(answer, asked=replace(answer.asked, trouble=trouble))


def _fetch(answer: Answer, settings: Settings, bounds: Bounds, method: str) -> tuple[Answer, str]:
    """The answer, and where it sends one. HEAD first; a site that does not care for that is asked
    for the first bytes of the page.
    """
    asked = answer.asked
    where = address(asked.index.value)
    try:
        with session_through(asked.proxy, where.scheme) as session:
            if where.scheme == "https":
                trust_the_system(session, settings.bundle.value if settings.bundle else "")
            status, headers, head = _ask_once(session, asked.index.value, bounds, method)
            if method == "HEAD" and status >= 400 and status not in (407, 429, 511):
                status, headers, head = _ask_once(session, asked.index.value, bounds, "GET")
    except (
        OSError,
        ValueError,
    ) as error:  # requests' own are OSErrors, or ValueErrors for addresses
        return replace(answer, asked=explained(asked, error)), ""
    location = headers.get("Location", "") if 300 <= status < 400 else ""
    by_proxy = bool(asked.proxy.value) and (
        status == 407 or (where.scheme == "http" and status in TUNNEL_STATUSES)
    )
    trouble = (
        Trouble.TUNNEL if by_proxy else Trouble.NONE if status < 300 or location else Trouble.STATUS
    )
    result = replace(asked, trouble=trouble, status=status, at_proxy=by_proxy, detail=head)
    return replace(answer, asked=result, ahead=ahead_of(headers.get("Date", ""))), location


def _ask_once(
    session: requests.Session, url: str, bounds: Bounds, method: str
) -> tuple[int, Mapping[str, str], str]:
    """Status, headers, and the canary's words if they are in the page."""
    limits = (bounds.connect, bounds.read)
    with session.request(
        method, url, timeout=limits, stream=True, headers=HEADERS, allow_redirects=False
    ) as response:
        first = (
            next(response.iter_content(FIRST_BYTES), b"")
            if method == "GET" and url == CANARY
            else b""
        )
        return (
            response.status_code,
            response.headers,
            ITS_WORDS.decode() if ITS_WORDS in first else "",
        )
