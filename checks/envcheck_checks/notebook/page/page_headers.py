"""What the headers of an answer keep its reader from, though its text is right: a browser obeys them,
and shows nothing, or a page in which no cell runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from envcheck.digits import whole_number
from envcheck_checks.notebook.page import content_policy
from envcheck_checks.notebook.page.content_policy import (
    CONNECTIONS,
    EVALUATED,
    PICTURES,
    SCRIPTS,
    STYLES,
    Part,
    Policy,
)
from envcheck_checks.notebook.page.shown import Page

SCRIPT_TYPES = ("javascript", "ecmascript", "jscript", "livescript", "x-javascript", "x-ecmascript")
NEVER_SCRIPTS = (
    "image/",
    "audio/",
    "video/",
    "text/csv",
)  # whether or not types are to be believed
NO_LETTERS_OF_ASCII = ("utf-16", "utf-32", "ucs-2", "utf-7")
REFRESH = re.compile(r"\s*(\d+)[^;,]*[;,]?\s*(?:url\s*=\s*)?['\"]?([^'\"]*)", re.IGNORECASE)
SOON = 600  # seconds: a notebook is open for longer
OF_DECORATION = "/custom/custom.css"  # the learner's own colours
A_PICTURE = "data:image/png;base64,AA=="  # as a cell shows what matplotlib draws


class Headers(Protocol):
    """Those of an answer, as tornado gives them."""

    def get_list(self, name: str, /) -> list[str]:
        """All values of a header."""


def trouble_of_page(headers: Headers, address: str, page: Page, body: str) -> str:
    """What a browser does in place of showing the page at this address as it should; empty where it
    shows it.
    """
    troubles = (
        *_of_kind(headers),
        *_of_place(headers, address),
        *_of_policies(
            content_policy.policies(headers.get_list("Content-Security-Policy"), address),
            address,
            page,
            body,
        ),
    )
    return next(iter(troubles), "")


def trouble_of_script(headers: Headers) -> str:
    """Why a browser does not run this answer as a script; empty where it does."""
    kind = _first_word(headers, "Content-Type")
    believed = _first_word(headers, "X-Content-Type-Options") == "nosniff"
    is_script = kind.partition("/")[2].rstrip("0123456789.") in SCRIPT_TYPES
    if is_script or not (believed or kind.startswith(NEVER_SCRIPTS)):
        return _unreadable(headers)
    return f"a browser does not run it: its Content-Type is {kind or 'not told'}"


def _first_word(headers: Headers, name: str) -> str:
    return " ".join(headers.get_list(name)[:1]).partition(";")[0].strip().lower()


def _unreadable(headers: Headers) -> str:
    """What was told of an encoding that is really one is gone by now."""
    encoding = _first_word(headers, "Content-Encoding")
    if encoding in ("", "identity"):
        return ""
    return f"a browser cannot read it: its Content-Encoding is {encoding}, and it has none"


def _of_kind(headers: Headers) -> Iterator[str]:
    told = " ".join(headers.get_list("Content-Type"))
    kind = _first_word(headers, "Content-Type")
    if kind != "text/html":
        yield f"a browser does not take it for a page: its Content-Type is {kind or 'not told'}"
    if any(name in told.lower() for name in NO_LETTERS_OF_ASCII):
        yield f"a browser reads other letters than it has: its Content-Type is {told}"
    if unreadable := _unreadable(headers):
        yield unreadable
    way = _first_word(headers, "Content-Disposition")
    if way not in ("", "inline") and "=" not in way:
        yield f"a browser saves it as a file: its Content-Disposition is {way}"


def _of_place(headers: Headers, address: str) -> Iterator[str]:
    for value in headers.get_list("Refresh"):
        hit = REFRESH.match(value)
        seconds = whole_number(hit[1]) if hit else None
        seconds, place = (SOON, "") if hit is None or seconds is None else (seconds, hit[2].strip())
        elsewhere = place and urljoin(address, place).rstrip("/") != address.rstrip("/")
        if seconds < SOON and (elsewhere or not seconds):
            yield f"a browser leaves it after {seconds} s: its Refresh is {value}"
    cleared = " ".join(headers.get_list("Clear-Site-Data"))
    if '"cookies"' in cleared or '"*"' in cleared:
        yield f"a browser forgets that it may use it: its Clear-Site-Data is {cleared}"


def _of_policies(policies: Sequence[Policy], address: str, page: Page, body: str) -> Iterator[str]:
    if not policies:
        return
    parts = _Parts(address)
    parts.feed(body)
    for policy in policies:
        yield from map("its Content-Security-Policy {}".format, _refused(policy, parts, page))


def _refused(policy: Policy, parts: _Parts, page: Page) -> Iterator[str]:
    """In words, what of the page a browser would not load, run or reach because of this policy."""
    address = parts.address
    scripts = [part for part in parts.scripts if part.address or not page.config]
    sandbox = policy.directives.get("sandbox")
    if sandbox is not None and not {"allow-scripts", "allow-same-origin"} <= {*sandbox}:
        yield f"lets no script use this server by `{' '.join(['sandbox', *sandbox])}`"
    for part in scripts:
        if words := policy.refuses(SCRIPTS, part):
            yield f"forbids {urlsplit(part.address).path or 'the scripts that stand in it'} by `{words}`"
    if (
        page.config
    ):  # JupyterLab and Notebook since 7 make code of their settings' rules, and styles
        if words := policy.lacks(EVALUATED, "'unsafe-eval'"):
            yield f"forbids what its scripts make of texts ('unsafe-eval') by `{words}`"
        if "'script'" in policy.directives.get("require-trusted-types-for", ()):
            yield "forbids what its scripts write by `require-trusted-types-for 'script'`"
        if words := policy.refuses(STYLES, Part(text="a style that a script adds")):
            yield f"forbids the styles that its scripts add ('unsafe-inline') by `{words}`"
    for part in parts.styles:
        if words := policy.refuses(STYLES, part):
            yield f"forbids {urlsplit(part.address).path} by `{words}`"
    sockets = page.sockets or f"ws{address.removeprefix('http')}"
    for place, what in ((address, "the server"), (sockets, "the kernel")):
        if words := policy.refuses(CONNECTIONS, Part(place)):
            yield f"forbids to speak to {what} by `{words}`"
    if words := policy.refuses(PICTURES, Part(A_PICTURE)):
        yield f"forbids the pictures that a cell draws (data:) by `{words}`"


class _Parts(HTMLParser):
    """The scripts and stylesheets of a page, as far as they come from its own server."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.scripts: list[Part] = []
        self.styles: list[Part] = []
        self._inline: Part | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        part = Part(
            urljoin(self.address, told.get("src") or told.get("href") or ""),
            nonce=told.get("nonce", ""),
            integrity=told.get("integrity", ""),
        )
        ours = urlsplit(part.address).netloc == urlsplit(self.address).netloc
        if tag == "link" and told.get("rel") == "stylesheet" and ours:
            self.styles += [] if OF_DECORATION in part.address else [part]
        elif tag == "script" and "src" in told:
            self.scripts += [part] if ours else []
        elif tag == "script" and "json" not in told.get("type", ""):
            self._inline = Part(nonce=part.nonce)

    def handle_data(self, data: str) -> None:
        if self._inline is not None:
            self.scripts.append(Part(text=data, nonce=self._inline.nonce))
            self._inline = None
