"""The way out to the network as the learner's programs take it: which proxy, whose certificates,
and what went wrong on it.
"""

from __future__ import annotations

import ipaddress
import re
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import SplitResult

from envcheck.system_trust import system_trust
from envcheck_checks.index.config_files import Setting, address
from envcheck_checks.index.facts import NOT_SET, Asked, Trouble
from envcheck_checks.index.settings import Settings

if TYPE_CHECKING:
    import requests

TUNNEL = re.compile(r"Tunnel connection failed: (?P<status>\d+)")
NO_BUNDLE = re.compile(r"no certificate or crl|PEM|NO_CERTIFICATE|no start line", re.IGNORECASE)


@dataclass(frozen=True)
class Bounds:
    """Seconds: for a connection, for an answer, and for all that happens at the same time."""

    connect: float = 2.5
    read: float = 4.0
    whole: float = 6.5


def proxy_for(where: SplitResult, settings: Settings) -> Setting:
    """The proxy on the way there. What is set for pip alone knows no exceptions; the variables of
    the terminal do.
    """
    proxy = settings.proxies.get(where.scheme) or settings.proxies.get("all") or NOT_SET
    of_pip = proxy.file or proxy.variable == "PIP_PROXY"
    return (
        NOT_SET
        if not of_pip and is_left_out(where.hostname or "", where.port, settings.no_proxy)
        else proxy
    )


def is_left_out(host: str, port: int | None, no_proxy: str) -> bool:
    """Whether no_proxy names this host: by name, by the end of its name, by range of addresses, or
    with a star.
    """
    for word in filter(None, (part.strip().lower() for part in no_proxy.split(","))):
        with suppress(ValueError):
            if ipaddress.ip_address(host) in ipaddress.ip_network(word.strip("[]"), strict=False):
                return True
        ending = word.lstrip("*.")
        if word == "*" or any(
            name == ending or name.endswith(f".{ending}")
            for name in (host.lower(), f"{host}:{port}".lower())
        ):
            return True
    return False


def hop_of(proxy: Setting) -> SplitResult:
    """The parts of the address of a proxy; http:// is added where none is written, as requests
    does.
    """
    return address(proxy.value if "://" in proxy.value else f"http://{proxy.value}")


def port_of(where: SplitResult) -> int:
    """The port of an address, or the usual one of its scheme: 1080 for SOCKS."""
    return where.port or {"https": 443, "http": 80}.get(where.scheme, 1080)


def session_through(proxy: Setting, scheme: str) -> requests.Session:
    """A session of requests through this proxy, with nothing of our own process's variables in it."""
    import requests

    session = requests.Session()
    session.trust_env = False
    if proxy.value:
        session.proxies = {scheme: hop_of(proxy).geturl()}
    return session


def trust_the_system(session: requests.Session, also: str = "") -> None:
    """Beside the certificates that come with requests, as pip does; and beside those of one more
    file, if it is one.
    """
    from requests.adapters import HTTPAdapter

    adapter, trust = HTTPAdapter(), system_trust()
    with suppress(OSError):  # ssl's own errors are OSErrors
        if also:
            trust.load_verify_locations(also)
    adapter.init_poolmanager(1, 1, ssl_context=trust)
    for proxy in session.proxies.values():
        adapter.proxy_manager_for(proxy, ssl_context=trust)  # it keeps it for later
    session.mount("https://", adapter)


def explained(asked: Asked, error: Exception) -> Asked:
    """What an exception of requests means; the texts are those of ssl, http.client and urllib3."""
    import requests

    chain = list(_chain(error))
    text = " ".join(str(link) for link in chain)
    for link in chain:
        if isinstance(link, ssl.SSLCertVerificationError):
            result = replace(asked, detail=link.verify_message, verify_code=link.verify_code)
            return replace(result, trouble=Trouble.CERTIFICATE, at_proxy=False)
    if tunnel := TUNNEL.search(text):
        return replace(asked, trouble=Trouble.TUNNEL, status=int(tunnel["status"]))
    trouble = Trouble.CUT
    if "only use HTTP and not HTTPS" in text:
        trouble = Trouble.PLAIN_PROXY
    elif any(isinstance(link, ssl.SSLError) for link in chain) and NO_BUNDLE.search(text):
        trouble = Trouble.BUNDLE
    elif isinstance(error, requests.exceptions.Timeout):
        trouble = Trouble.SILENT
    elif isinstance(error, requests.exceptions.InvalidURL):
        trouble = Trouble.UNUSABLE
    return replace(asked, trouble=trouble)


def _chain(error: BaseException | None, depth: int = 0) -> Iterator[BaseException]:
    """An exception and all that it was made of: requests and urllib3 wrap one another."""
    if error is None or depth > 8:
        return
    yield error
    inner = [
        getattr(error, "reason", None),
        getattr(error, "original_error", None),
        error.__cause__,
        *error.args,
    ]
    for part in inner:
        if isinstance(part, BaseException):
            yield from _chain(part, depth + 1)
