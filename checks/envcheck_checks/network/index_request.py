"""Asking a package index as the learner's pip would: through their proxy, with their certificates,
within short bounds.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

from envcheck_checks.index.config_files import Setting, address
from envcheck_checks.index.facts import Asked, Trouble
from envcheck_checks.index.settings import Settings
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

if TYPE_CHECKING:
    import requests

ACCEPT = "application/vnd.pypi.simple.v1+json, text/html;q=0.1"
FIRST_BYTES = 65_536
SCHEMES = ("http", "https")  # of a proxy, as pip, requests and httpx take them, beside socks5


def ask(index: Setting, settings: Settings, bounds: Bounds) -> Asked:
    """What an index answers for the page of pip, which every whole one has."""
    begun = time.monotonic()
    where = address(index.value)
    if where.scheme == "file" or (not where.scheme and Path(index.value).is_absolute()):
        there = os.path.exists(Path(url2pathname(where.path) if where.scheme else index.value))
        return Asked(index, Trouble.NONE if there else Trouble.GONE)
    if where.scheme not in ("http", "https") or not where.hostname:
        return Asked(index, Trouble.UNUSABLE)
    proxy = proxy_for(where, settings)
    hop = hop_of(proxy) if proxy.value else where
    asked = Asked(index, proxy=proxy, at_proxy=bool(proxy.value))
    trouble = (
        Trouble.UNUSABLE
        if not hop.hostname
        else Trouble.NO_SCHEME
        if proxy.value and hop.scheme not in SCHEMES and not hop.scheme.startswith("socks")
        else connect(hop.hostname, port_of(hop), bounds.connect)
    )
    if trouble is not Trouble.NONE:
        return replace(asked, trouble=trouble)
    if hop.scheme.startswith("socks"):
        return replace(asked, trouble=Trouble.SOCKS)
    return replace(_fetch(asked, settings, bounds), seconds=time.monotonic() - begun)


def _fetch(asked: Asked, settings: Settings, bounds: Bounds) -> Asked:
    import requests

    url = asked.index.value.rstrip("/") + "/pip/"
    try:
        with _session(asked, settings) as session:
            limits = (bounds.connect, bounds.read)
            with session.get(
                url, timeout=limits, stream=True, headers={"Accept": ACCEPT}
            ) as response:
                return _read(asked, response, next(response.iter_content(FIRST_BYTES), b""))
    except requests.TooManyRedirects:
        return replace(
            asked, trouble=Trouble.WEB_PAGE, at_proxy=False, detail="it redirects without end"
        )
    except (
        OSError,
        ValueError,
    ) as error:  # requests' own are OSErrors, or ValueErrors for addresses
        return explained(asked, error)


def _session(asked: Asked, settings: Settings) -> requests.Session:
    """With the certificates, the name and the password that the learner's pip would use."""
    import urllib3

    where = address(asked.index.value)
    session = session_through(asked.proxy, where.scheme)
    session.auth = None if where.username else _from_netrc(settings.netrc, where.hostname or "")
    if {where.hostname, where.netloc.rpartition("@")[2]} & set(settings.trusted):
        session.verify = False
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
    elif settings.bundle:
        session.verify = settings.bundle.value
    elif where.scheme == "https":
        trust_the_system(session)
    return session


def _from_netrc(file: str, host: str) -> tuple[str, str] | None:
    """Name and password for an index without them in its address."""
    import netrc

    with suppress(OSError, netrc.NetrcParseError, UnicodeDecodeError):
        if credentials := netrc.netrc(file).authenticators(host):
            return credentials[0] or credentials[1] or "", credentials[2] or ""
    return None


def _read(asked: Asked, response: requests.Response, head: bytes) -> Asked:
    """What kind of answer it was: an index's page for pip lists files named pip-...; anything else
    comes from somewhere else.
    """
    status = response.status_code
    if status == 407:
        return replace(asked, trouble=Trouble.TUNNEL, status=status)
    reached = replace(asked, at_proxy=False)
    if status >= 300 and status != 511:
        return replace(reached, trouble=Trouble.STATUS, status=status)
    is_index = b'"files"' in head if head.lstrip().startswith(b"{") else b"pip-" in head.lower()
    if status == 200 and is_index:
        return reached
    host = urlsplit(response.url).hostname or ""
    return replace(
        reached,
        trouble=Trouble.WEB_PAGE,
        detail=f"it comes from {host}" if host != address(asked.index.value).hostname else "",
    )
