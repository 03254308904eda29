"""Whether a page of the course can be read here: from an answer and what is around it to the
outcome. Asks nothing itself.
"""

from __future__ import annotations

from envcheck import Outcome, ok, skip
from envcheck_checks.index.config_files import address
from envcheck_checks.index.facts import TRANSPORT, Trouble
from envcheck_checks.index.settings import Settings
from envcheck_checks.reading import blocked
from envcheck_checks.reading.facts import Answer, Around, Name

DEAD = (404, 410)
SHY = (401, 403, 429, 503)  # said to programs by sites that show themselves to browsers


def diagnose(answer: Answer, around: Around, settings: Settings) -> Outcome:
    """The outcome of a link: reachable; offline; blocked on this network; or the course's own link
    is dead: then never the learner's failure.
    """
    if blocked.is_astray(answer):
        return blocked.by_name(answer, around) or _unclear(answer, around)
    captured = bool(around.canary and around.canary.captured)
    if answer.asked.status == 511 or (captured and not answer.asked.at_proxy and not answer.proved):
        return blocked.by_login_page(answer, around)
    if answer.trouble is Trouble.NONE:
        return _reached(answer)
    if answer.trouble is Trouble.STATUS:
        return _status(answer)
    if _is_offline(answer, around):
        return skip(f"this machine is offline: {_whom(answer)} {answer.trouble.value}")
    if answer.trouble is Trouble.SOCKS:
        return skip(
            f"the way there is a SOCKS proxy, {answer.asked.proxy.place}, which envcheck does not speak"
        )
    return _cause(answer, around, settings)


def needs_a_look_around(answer: Answer) -> bool:
    """Whether the answer alone is not enough: trouble, or an answer by plain http, which anybody
    can give.
    """
    return not answer.proved and not (
        answer.trouble is Trouble.STATUS and answer.link.startswith("https:")
    )


def _reached(answer: Answer) -> Outcome:
    for_good = bool(answer.moves) and answer.moves[0].for_good
    moved = answer.moves[-1].to if for_good and not _same(answer.link, answer.moves[-1].to) else ""
    if moved and _is_front(moved) and not _is_front(answer.link):
        return skip(
            f"the course's link is dead: {_site(answer.link)} now sends it to the front page of {_site(moved)}"
        )
    through = " through the proxy" if answer.asked.proxy.value else ""
    reached = f"{_site(answer.link)} answers{through} in {answer.asked.seconds:.1f} s"
    there = address(moved)  # shown without its query, which may name the visitor
    return ok(
        f"{reached}; the page has moved to {there.scheme}://{there.hostname}{there.path}"
        if moved
        else reached
    )


def _status(answer: Answer) -> Outcome:
    status, site = answer.asked.status, answer.host
    if status in SHY:
        return ok(
            f"{site} is reached, and shows its pages to browsers only (HTTP {status} for a program)"
        )
    if status in DEAD:
        return skip(
            f"the course's link is dead: {site} has no such page any more (HTTP {status}); tell the course's authors"
        )
    if status >= 500:
        return skip(
            f"{site} is out of order at the moment (HTTP {status}), which is not this machine's trouble; try again later"
        )
    evidence = f"HTTP {status}" if status >= 400 else answer.asked.detail or f"HTTP {status}"
    return skip(
        f"could not tell whether the course's link works: {site} is reached and says {evidence}; open it in a browser"
    )


def _is_offline(answer: Answer, around: Around) -> bool:
    """No network at all, no name that is found, or nothing that is let through."""
    if answer.trouble not in TRANSPORT or around.is_open:
        return False
    if answer.asked.at_proxy:
        nameless = answer.trouble in (Trouble.NO_NAME, Trouble.NOT_IN_TIME)
        return answer.trouble is Trouble.NO_ROUTE or (
            nameless and not around.direct and not around.names_found()
        )
    return not any(other.trouble not in TRANSPORT for other in around.all)


def _cause(answer: Answer, around: Around, settings: Settings) -> Outcome:
    asked = answer.asked
    if asked.at_proxy:
        return blocked.by_proxy(answer, around, settings) or _unclear(answer, around)
    if answer.trouble is Trouble.CERTIFICATE:
        return blocked.by_certificate(answer, around) or _certificate_of_site(answer)
    return blocked.by_name(answer, around) or _unclear(answer, around)


def _certificate_of_site(answer: Answer) -> Outcome:
    return skip(
        f"the course's link needs a look: {answer.host} shows a certificate of its own that is not valid ({answer.asked.detail}), "
        "while other sites are fine; tell the course's authors"
    )


def _unclear(answer: Answer, around: Around) -> Outcome:
    """The site is gone, or it is kept away: both look the same from here."""
    if answer.asked.at_proxy:
        evidence = f"the proxy {answer.asked.proxy.place} gets no answer from {answer.host} (HTTP {answer.asked.status})"
    elif answer.name is Name.UNKNOWN:
        evidence = f"the name {answer.host} is not found, and other names are"
    else:
        evidence = f"{answer.host} {answer.trouble.value}, and {'other sites answer' if around.is_open else 'other names are found'}"
    return skip(
        f"{evidence}: the course's link is dead, or this network keeps it away; a phone's network tells which"
    )


def _whom(answer: Answer) -> str:
    return answer.asked.proxy.place if answer.asked.at_proxy else answer.host


def _site(link: str) -> str:
    return address(link).hostname or link


def _is_front(link: str) -> bool:
    return address(link).path in ("", "/")


def _same(link: str, other: str) -> bool:
    """The same page but for http or https, www. and a slash at the end."""
    first, second = address(link), address(other)

    def bare(host: str | None) -> str:
        return (host or "").removeprefix("www.")

    return bare(first.hostname) == bare(second.hostname) and (
        first.path.rstrip("/"),
        first.query,
    ) == (
        second.path.rstrip("/"),
        second.query,
    )
