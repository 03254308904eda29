"""Why a report did not arrive, in the words of a learner."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass

TUNNEL = re.compile(r"Tunnel connection failed: (\d+)")
LATER = "It is kept here for 30 days. When this is put right, type: {send}"
AS_A_FILE = "Hand it in as a file: run the same with --report json=report.json"
ASK = "Ask your instructor for the link of the class, and run the same with that"
STRANGER = (
    "Open any web page: if this network wants a login first, log in there; if not, ask your "
    "instructor for the link. The report is kept here for 30 days; then type: {send}"
)
TOO_MANY = (
    "Ask your instructor to remove the machines that are not yours. The report is kept here for 30 days; "
    "then type: {send}"
)
NO_OTHER_WAY = "Show this to your instructor. It is kept here for 30 days; then type: {send}"


@dataclass(eq=False)  # not frozen: Python itself writes a traceback into it
class Trouble(Exception):
    """What happened, and the one next step. `again`: another try may help; `wait`: seconds that the
    server asked for; `keep`: the report may arrive another day; `only_this`: others may arrive there
    meanwhile. `{send}` in the step is the line that sends it again.
    """

    fact: str
    step: str = LATER
    again: bool = False
    keep: bool = True
    wait: float = 0.0
    only_this: bool = False

    def __str__(self) -> str:
        return self.fact


def of_error(error: BaseException, host: str, proxy: str) -> Trouble:
    """What an exception of requests means; the texts are those of ssl, http.client and urllib3.
    `proxy` is its host and port, empty where there is none.
    """
    chain = [*_chain(error)]
    text = " ".join(str(link) for link in chain)
    names = {type(link).__name__ for link in chain}
    for link in chain:
        if isinstance(link, ssl.SSLCertVerificationError):
            return Trouble(
                f"the certificate of {host} is not trusted: {link.verify_message}", NO_OTHER_WAY
            )
    if tunnel := TUNNEL.search(text):
        return _at_the_proxy(int(tunnel[1]), host, proxy)
    if proxy and names & {"ProxyError", "InvalidProxyURL", "ProxySchemeUnknown"}:
        return Trouble(f"the proxy {proxy}, which HTTPS_PROXY or the system names, does not answer")
    if "InvalidSchema" in names:
        return Trouble(f"the proxy {proxy} is of a kind that envcheck cannot use (SOCKS)")
    if "NameResolutionError" in names or "gaierror" in names:
        return Trouble(f"{host} is not found: this machine has no network, or the name is wrong")
    if any(isinstance(link, ssl.SSLError) for link in chain):
        return Trouble(f"{host} does not speak https as it should", NO_OTHER_WAY)
    if names & {"ConnectTimeout", "ReadTimeout", "ReadTimeoutError", "Timeout", "TimeoutError"}:
        return Trouble(f"{host} did not answer in time", again=True)
    if any(isinstance(link, ConnectionRefusedError) for link in chain):
        return Trouble(f"nothing answers at {host}", again=True)
    return Trouble(f"the connection to {host} broke off", again=True)


def _at_the_proxy(status: int, host: str, proxy: str) -> Trouble:
    if status == 407:
        return Trouble(
            f"the proxy {proxy} wants a name and a password",
            "Set HTTPS_PROXY to http://NAME:PASSWORD@HOST:PORT, then type: {send}",
        )
    return Trouble(f"the proxy {proxy} does not let requests to {host} through ({status})")


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An exception and all that it was made of: requests and urllib3 wrap one another."""
    left, seen = [error], set[int]()
    while left:
        link = left.pop(0)
        if id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        inner = (getattr(link, "reason", None), getattr(link, "original_error", None))
        parts = (*inner, link.__cause__, link.__context__, *link.args)
        left += [part for part in parts if isinstance(part, BaseException)]
