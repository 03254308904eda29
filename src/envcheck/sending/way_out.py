"""The way out to the server as the learner's system has it: proxies, certificates, and nothing of
ours on it.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from contextlib import suppress
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies

from envcheck.sending.link import Place
from envcheck.system_trust import system_trust

if TYPE_CHECKING:
    import requests

PROXIES = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")


def session_for(place: Place, variables: Mapping[str, str]) -> requests.Session:
    """Neither cookies nor a `.netrc`: whose password that is, is none of the server's business."""
    import requests

    session = requests.Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    if proxy := proxy_for(place, variables):
        session.proxies = {"https": proxy}
    if place.origin.startswith("https:"):
        _trust(session, variables)
    return session


def proxy_for(place: Place, variables: Mapping[str, str]) -> str:
    """The address of the proxy on the way there; empty where there is none."""
    from requests.utils import should_bypass_proxies

    if place.is_here:
        return ""
    named = next((variables[name] for name in PROXIES if variables.get(name)), "")
    proxy = named or getproxies().get("https", "")
    exceptions = variables.get("no_proxy") or variables.get("NO_PROXY")
    if not proxy or should_bypass_proxies(place.origin, no_proxy=exceptions):
        return ""
    return proxy if "://" in proxy else f"http://{proxy}"


def shown(proxy: str) -> str:
    """A proxy for people: host and port, without a password."""
    return urlsplit(proxy).netloc.rpartition("@")[2]


def trust_of(variables: Mapping[str, str]) -> ssl.SSLContext:
    """The certificates that count: the system's, and the learner's own bundle."""
    trust = system_trust()
    for bundle in filter(None, map(variables.get, BUNDLES)):
        with suppress(OSError):  # ssl's own errors are OSErrors
            folder = os.path.isdir(bundle)
            trust.load_verify_locations(None if folder else bundle, bundle if folder else None)
    return trust


def _trust(session: requests.Session, variables: Mapping[str, str]) -> None:
    """Beside the certificates that come with requests, those of `trust_of`."""
    from requests.adapters import HTTPAdapter

    adapter, trust = HTTPAdapter(), trust_of(variables)
    adapter.init_poolmanager(1, 1, ssl_context=trust)
    for proxy in session.proxies.values():
        with suppress(ValueError):  # an address that is none: the request says so
            adapter.proxy_manager_for(proxy, ssl_context=trust)  # it keeps it for later
    session.mount("https://", adapter)
