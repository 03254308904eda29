"""Links that a course reads from, such as its data: asked for as its pages to read are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from envcheck import Check
from envcheck_checks.course_file.key_page import page
from envcheck_checks.network.codes import CLOCK_WRONG
from envcheck_checks.reading.check import Reading, readings
from envcheck_checks.reading.codes import (
    LOGIN_PAGE_FIRST,
    NAME_BLOCKED,
    PROXY_REFUSES_SITE,
    SITE_CERTIFICATE_NOT_TRUSTED,
)

CAUSES: dict[str, str] = {
    NAME_BLOCKED: "this network holds the name of the site back",
    LOGIN_PAGE_FIRST: "this network shows a page of its own first",
    PROXY_REFUSES_SITE: "the proxy does not pass the request on",
    SITE_CERTIFICATE_NOT_TRUSTED: "something opens the secure connection",
    CLOCK_WRONG: "the clock shows another day, so no certificate is valid",
}


def links_answer(links: tuple[str, ...], scope: str) -> Iterator[Check]:
    """A check for each, named after its site."""
    seen: Counter[str] = Counter()
    entries = []
    for link in links:
        host = (urlsplit(link).hostname or "link")[:60]
        seen[host] += 1
        name = host if seen[host] == 1 else f"{host}-{seen[host]}"
        entries.append(Reading(f"link.{name}", host[:40], link))
    for check, link in zip(readings(*entries), links, strict=True):
        yield replace(check, scope=scope, page=_page(link))


def _page(link: str) -> str:
    return page(
        f"A link of the course, {urlsplit(link).hostname}",
        f"The course reads from {link}",
        "What it loads from there is missing on a machine that cannot reach it.",
        "The link is followed as a browser would, through your proxy, with a request or two. Nothing "
        "is downloaded. It is left out with `--offline`.",
        f"everywhere: open {link} in a browser",
        CAUSES,
    )
