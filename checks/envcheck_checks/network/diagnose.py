"""What keeps packages from coming in: from facts about settings, index, proxy and localhost to the
cause. Asks nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from envcheck import Diagnosis, Outcome, Severity, ok, skip, warn
from envcheck.fixes.advice import tell, typed
from envcheck_checks.index.config_files import Setting
from envcheck_checks.index.diagnose import of_settings
from envcheck_checks.index.facts import TRANSPORT, Asked, Facts, Trouble, taken_out
from envcheck_checks.machine import localhost
from envcheck_checks.network import clock, proxy
from envcheck_checks.network.codes import (
    CERTIFICATE_FILE_WRONG,
    CERTIFICATE_NOT_TRUSTED,
    INDEX_ANSWERS_WEB_PAGE,
    INDEX_REFUSES,
    INDEX_UNREACHABLE,
)

STATUS_WORDS = {
    401: "it asks for a name and a password",
    403: "it does not let you in",
    404: "it has no page for pip, and the address of an index often ends in /simple",
}


def diagnose(facts: Facts) -> Outcome:
    """Everything that is wrong, each cause once; offline is a skip; or what answered."""
    causes = _all_causes(facts)
    main = facts.asked[0] if facts.asked else None
    if main is not None and main.trouble is Trouble.NONE:
        through = f" through the proxy {main.proxy.place}" if main.proxy.value else ""
        return ok(f"{main.index.place} answers{through} in {main.seconds:.1f} s", *causes)
    if causes or main is None:
        return causes or skip("no package index was asked")
    if main.trouble is Trouble.SOCKS:
        return skip(
            f"the index is reached through a SOCKS proxy, {main.proxy.place}, which envcheck does not speak"
        )
    return skip(
        f"this machine is offline: {(main.proxy if main.at_proxy else main.index).place} {main.trouble.value}"
    )


def _all_causes(facts: Facts) -> tuple[Diagnosis, ...]:
    causes = [*of_settings(facts.settings), *(_cause(asked, facts) for asked in facts.asked)]
    blamed = {
        request.proxy.value
        for request in facts.asked
        if request.at_proxy and request.trouble is not Trouble.NONE
    }
    if (
        facts.captured is not None
        and facts.captured.proxy.value not in blamed
        and not _is_offline(facts.captured, facts)
    ):
        dead = facts.captured.trouble in TRANSPORT
        causes.append(
            (proxy.unreachable if dead else proxy.captures_localhost)(facts.captured, facts)
        )
    first: dict[str, Diagnosis] = {}
    for request in (*causes, _localhost(facts.localhost)):
        if request is not None:
            first.setdefault(request.code, request)
    return tuple(first.values())


def _cause(asked: Asked, facts: Facts) -> Diagnosis | None:
    """The cause of one index's trouble; None when there is none, or when it is that this machine is
    offline.
    """
    if (
        asked.trouble is Trouble.NONE
        or _is_offline(asked, facts)
        or (asked is not facts.asked[0] and _is_fine_for_an_extra(asked))
    ):
        return None
    if asked.trouble in SPECIAL:
        return SPECIAL[asked.trouble](asked, facts)
    return proxy.unreachable(asked, facts) if asked.at_proxy else _unreachable(asked, facts)


def _is_fine_for_an_extra(asked: Asked) -> bool:
    """An index of a few packages has no page for pip."""
    return asked.trouble in (Trouble.WEB_PAGE, Trouble.SOCKS) or (
        asked.trouble is Trouble.STATUS and 400 <= asked.status < 500
    )


def _is_offline(asked: Asked, facts: Facts) -> bool:
    """No network at all; or the default index, without proxy, cannot be connected to."""
    configured = asked.index.configured or asked.proxy.value
    nameless = asked.trouble in (Trouble.NO_NAME, Trouble.NOT_IN_TIME) and not facts.online
    unreachable = asked.trouble is Trouble.NO_ROUTE or nameless
    return unreachable or (not configured and asked.trouble in TRANSPORT)


def _unreachable(asked: Asked, facts: Facts) -> Diagnosis:
    return warn(
        INDEX_UNREACHABLE,
        f"the package index that is set for {facts.settings.tool} {asked.trouble.value}: nothing can be installed from it",
        taken_out(
            asked.index,
            sure=(facts.direct or asked.trouble is Trouble.GONE) and asked.lasts,
            title="use the default index, pypi.org",
        ),
        found=f"{asked.index.place} {asked.trouble.value}{asked.more}",
        wanted="an index that answers; without this setting it is pypi.org",
        looked_in=asked.index.source,
        note="" if asked.lasts else proxy.MAY_PASS,
    )


def _certificate(asked: Asked, facts: Facts) -> Diagnosis:
    bundle = facts.settings.bundle
    if bundle is not None and (facts.without_bundle or asked.trouble is Trouble.BUNDLE):
        return _wrong_bundle(asked, facts, bundle)
    if clock.is_out_of_time(asked):
        return _out_of_time(asked, facts)
    return warn(
        CERTIFICATE_NOT_TRUSTED,
        "the package index shows a certificate that this Python does not trust: something between here and the index opens "
        "the connection (TLS inspection by a school, a company or a virus scanner)",
        tell(
            "let pip know the network's certificate",
            typed(
                "pip config set global.cert FILE",
                "Ask the helpdesk of this network for the file with its CA certificate, then type this with its name:",
            ),
            "Or use another network for the installation, that of a phone for example.",
        ),
        found=f"certificate verify failed for {asked.index.place}{asked.more}",
        wanted="a certificate signed by a CA that is known here",
        looked_in=bundle.source if bundle else "the certificates of this system",
    )


def _out_of_time(asked: Asked, facts: Facts) -> Diagnosis:
    """By the clock of this computer, or by the index's own neglect. Only where no answer had a date is
    the clock still to be looked at.
    """
    offsets = [] if facts.ahead is None else [facts.ahead]
    return clock.wrong(asked, [], offsets) or warn(
        CERTIFICATE_NOT_TRUSTED,
        "the package index shows a certificate that has run out, or is not valid yet",
        tell(
            "look at the clock, then ask the index",
            "Compare this computer's date with a phone's. Where it is right, tell whoever runs the index that its certificate is out "
            "of time.",
        )
        if facts.ahead is None
        else tell(
            "tell whoever runs the index",
            "Tell whoever runs the index that its certificate is out of time.",
        ),
        found=f"certificate verify failed for {asked.index.place}{asked.more}",
        wanted="a certificate that is valid today",
        looked_in=asked.index.source if asked.index.configured else asked.index.place,
        note=""
        if facts.ahead is None
        else "its own clock shows the day that this computer's shows",
    )


def _wrong_bundle(asked: Asked, facts: Facts, bundle: Setting) -> Diagnosis:
    same = [setting for setting in facts.settings.bundles if setting.value == bundle.value]
    return warn(
        CERTIFICATE_FILE_WRONG,
        f"{bundle.source} names a file of CA certificates that does not hold the one of the package index: "
        f"{facts.settings.tool} cannot connect (certificate verify failed)",
        taken_out(*(same or [bundle]), title="use the certificates of this system"),
        found=f"{asked.index.place} {asked.trouble.value}{asked.more}",
        wanted="a file with the CA certificates of the index, or no such setting",
        looked_in=bundle.source,
    )


def _web_page(asked: Asked, _facts: Facts) -> Diagnosis:
    mirror = asked.index.configured
    return warn(
        INDEX_ANSWERS_WEB_PAGE,
        "where the package index should answer, a web page (HTML) does: this network's login page (captive portal) or a filter",
        tell(
            "log in to this network",
            "Open http://example.com in a browser, log in to this network, and run envcheck again.",
        ),
        *(
            [taken_out(asked.index, sure=False, title="use the default index, pypi.org")]
            if mirror
            else []
        ),
        found=f"a web page without packages{asked.more}",
        wanted="the index's list of files",
        looked_in=asked.index.place,
        note=f"or {asked.index.source} is not the address of an index; that often ends in /simple"
        if mirror
        else "",
    )


def _status(asked: Asked, _facts: Facts) -> Diagnosis:
    configured = asked.index.configured
    meaning = STATUS_WORDS.get(asked.status, "it is out of order, or something in between is")
    fix = (
        taken_out(asked.index, sure=False, title="use the default index, pypi.org")
        if configured
        else None
    )
    return warn(
        INDEX_REFUSES,
        f"the package index answers with an error (HTTP {asked.status}): {meaning}",
        fix
        or tell(
            "try again later",
            "Try again later or on another network; if it stays so, show this to your teacher.",
        ),
        found=f"HTTP {asked.status} from {asked.index.place}{f' through {asked.proxy.place}' if asked.proxy.value else ''}",
        wanted="HTTP 200",
        looked_in=asked.index.source if configured else asked.index.place,
    )


def _localhost(addresses: tuple[str, ...]) -> Diagnosis | None:
    return localhost.leads_elsewhere(
        addresses,
        Severity.WARNING,
        "the page http://localhost:8888 does not open, though 127.0.0.1 works",
    )


SPECIAL: Mapping[Trouble, Callable[[Asked, Facts], Diagnosis | None]] = MappingProxyType(
    {
        Trouble.CERTIFICATE: _certificate,
        Trouble.BUNDLE: _certificate,
        Trouble.WEB_PAGE: _web_page,
        Trouble.STATUS: _status,
        Trouble.TUNNEL: proxy.refuses,
        Trouble.PLAIN_PROXY: proxy.wrong_scheme,
        Trouble.SOCKS: proxy.needs_socks,
    }
)
