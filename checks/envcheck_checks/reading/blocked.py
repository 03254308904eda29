"""What keeps a page of the course away on this network: its names, its proxy, its login page, its
certificates; or the clock.
"""

from __future__ import annotations

from envcheck import Diagnosis, Fix, warn
from envcheck.fixes.advice import tell
from envcheck.sentences import listed, reasoned
from envcheck_checks.index.facts import Facts, Trouble, taken_out
from envcheck_checks.index.settings import Settings
from envcheck_checks.network import clock, proxy
from envcheck_checks.reading.codes import (
    LOGIN_PAGE_FIRST,
    NAME_BLOCKED,
    PROXY_REFUSES_SITE,
    SITE_CERTIFICATE_NOT_TRUSTED,
)
from envcheck_checks.reading.facts import Answer, Around, Name, hosts

NO_KNOWN_ISSUER = (2, 19, 20)  # OpenSSL: signed by a CA that is not known here
ELSEWHERE = "Or use another network, that of a phone for example, or another device."


def by_login_page(answer: Answer, around: Around) -> Diagnosis:
    """Known by a page that is always the same; or by 511, which says it."""
    canary = around.canary
    return warn(
        LOGIN_PAGE_FIRST,
        "this network shows a page of its own instead, most often one to log in on",
        tell(
            "log in to this network",
            "Open http://example.com in a browser, log in to this network, and run envcheck again.",
        ),
        found=canary.place
        if canary and canary.captured
        else f"HTTP 511, network authentication required, from {answer.host}",
        wanted="the page itself",
        looked_in="http://example.com, which always shows the same page",
    )


def by_name(answer: Answer, around: Around) -> Diagnosis | None:
    """A name of the internet that leads to this machine or into this network; or one that the name
    server keeps to itself.
    """
    astray = [other for other in (answer, *around.others) if is_astray(other)]
    if is_astray(answer):
        places = sorted({f"{other.host} leads to {listed(other.addresses)}" for other in astray})
        evidence = "; ".join(places)
    elif answer.name is Name.FAILED and around.names_found():
        names = hosts(answer, around, lambda other: other.name is Name.FAILED)
        evidence = f"the name server gives no answer for {names}, and answers for other names"
    else:
        return None
    return warn(
        NAME_BLOCKED,
        "the name of the site is held back, by this network or by this computer's hosts file",
        tell(
            "ask for the site, or go round",
            f"Ask the helpdesk of this network to let the site through. {ELSEWHERE}",
        ),
        found=evidence,
        wanted="an address of the internet",
        looked_in="the hosts file and the name server (DNS) of this network",
        note=""
        if is_astray(answer)
        else "it may also be that the site's own name servers are out of order: another network shows which",
    )


def is_astray(answer: Answer) -> bool:
    """Its name leads back to this machine; or into this network, and what answers there is not the
    site.
    """
    return answer.to_this_machine or (answer.to_this_network and not answer.proved)


def by_proxy(answer: Answer, around: Around, settings: Settings) -> Diagnosis | None:
    """Why the proxy does not let the request through. None when the proxy itself tried and got no
    answer.
    """
    asked, facts = answer.asked, Facts(settings, direct=around.direct)
    if asked.trouble is Trouble.PLAIN_PROXY:
        return proxy.wrong_scheme(asked, facts)
    if asked.trouble is not Trouble.TUNNEL:
        return proxy.unreachable(asked, facts)
    if asked.status == 407:
        return proxy.refuses(asked, facts)
    return None if asked.status in (502, 504) else _refused(answer, around, settings)


def _refused(answer: Answer, around: Around, settings: Settings) -> Diagnosis:
    asked = answer.asked
    same = [setting for setting in settings.proxy_variables if setting.value == asked.proxy.value]
    sites = hosts(
        answer,
        around,
        lambda other: other.asked.proxy.value == asked.proxy.value and is_refused(other),
    )
    return warn(
        PROXY_REFUSES_SITE,
        "the proxy does not let the request through to the site",
        tell(
            "ask for the site, or go round",
            f"Ask the helpdesk of this network to let {sites} through. {ELSEWHERE}",
        ),
        *(
            [taken_out(*(same or [asked.proxy]), sure=False, title="do without this proxy")]
            if around.direct
            else []
        ),
        found=f"{asked.proxy.place}: HTTP {asked.status} for {sites}",
        wanted="a proxy that lets you through to the site",
        looked_in=asked.proxy.source,
    )


def is_refused(answer: Answer) -> bool:
    """Whether the proxy refused to lead there, and not because it wants a password or is in trouble
    itself.
    """
    return answer.trouble is Trouble.TUNNEL and answer.asked.status not in (407, 502, 504)


def by_certificate(answer: Answer, around: Around) -> Diagnosis | None:
    """TLS inspection, or this machine's clock. None when the certificate is the site's own trouble,
    or may be.
    """
    code = answer.asked.verify_code
    secured = [other for other in around.others if other.link.startswith("https:")]
    if clock.is_out_of_time(answer.asked):
        offsets = [other.ahead for other in (answer, *around.all) if other.ahead is not None]
        return clock.wrong(answer.asked, [other.asked for other in secured], offsets)
    elsewhere_fine = any(other.trouble is Trouble.NONE for other in secured)
    if elsewhere_fine and code not in NO_KNOWN_ISSUER:
        return None
    sites = hosts(answer, around, lambda other: other.trouble is Trouble.CERTIFICATE)
    return warn(
        SITE_CERTIFICATE_NOT_TRUSTED,
        "something on the way opens the secure connection: its certificate is not trusted here",
        _known_certificate(),
        found=reasoned(f"certificate verify failed for {sites}", answer.asked.detail),
        wanted="a certificate signed by a CA that is known here",
        looked_in="the certificates of this system",
        note="a school, a company or a virus scanner does this (TLS inspection); your browser may know their certificate already",
    )


def _known_certificate() -> Fix:
    return tell(
        "let this computer know the network's certificate",
        "Open the page in your browser. If the browser warns too, ask the helpdesk of this network for its CA certificate and how "
        f"to install it. {ELSEWHERE}",
    )
