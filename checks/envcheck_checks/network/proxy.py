"""Proxies that are not there, refuse, want a password, or swallow what is meant for
this machine.
"""

from __future__ import annotations

from envcheck import Diagnosis, Fix, SetEnv, warn
from envcheck.fixes.advice import tell
from envcheck_checks.index.config_files import HERE
from envcheck_checks.index.facts import Asked, Facts, taken_out
from envcheck_checks.network.codes import (
    PROXY_CAPTURES_LOCALHOST,
    PROXY_NEEDS_SOCKS,
    PROXY_REFUSES,
    PROXY_UNREACHABLE,
    PROXY_WANTS_PASSWORD,
    PROXY_WRONG_SCHEME,
)

LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")
NO_WAY_ROUND = (
    "without a proxy the index cannot be reached either: this network may want another one"
)
MAY_PASS = "this may pass, where the network is slow or busy: run envcheck again in a minute"


def unreachable(asked: Asked, facts: Facts) -> Diagnosis:
    """The proxy that is set does not answer; `facts.direct` when the index can be reached without
    it.
    """
    return warn(
        PROXY_UNREACHABLE,
        f"{asked.proxy.source} names a proxy that {asked.trouble.value} (ProxyError): nothing can be downloaded through it",
        _without(asked, facts),
        found=f"{asked.proxy.place} {asked.trouble.value}{asked.more}",
        wanted="a proxy of the network that you are in, or none",
        looked_in=asked.proxy.source,
        note=NO_WAY_ROUND if not facts.direct else "" if asked.lasts else MAY_PASS,
    )


def refuses(asked: Asked, facts: Facts) -> Diagnosis:
    """The proxy answers, and asks for a password (HTTP 407) or does not let the request through."""
    if asked.status == 407:
        return warn(
            PROXY_WANTS_PASSWORD,
            "the proxy of this network asks for a name and a password (407), and gets none or the wrong ones",
            tell(
                "give the proxy your name and password",
                f"Set {asked.proxy.source} to http://NAME:PASSWORD@HOST:PORT; in the password, write %40 for @.",
            ),
            found=f"{asked.proxy.place}: HTTP 407, proxy authentication required",
            wanted="a proxy that lets you through",
            looked_in=asked.proxy.source,
        )
    return warn(
        PROXY_REFUSES,
        "the proxy answers, but does not let requests to the package index through",
        _without(asked, facts),
        found=f"{asked.proxy.place}: {f'HTTP {asked.status}' if asked.status else asked.detail} for {asked.index.place}",
        wanted="a proxy that lets you through to the index, or none",
        looked_in=asked.proxy.source,
    )


def wrong_scheme(asked: Asked, facts: Facts) -> Diagnosis:
    """The proxy is set with https://, and speaks plain http itself."""
    proxy = asked.proxy
    plain = proxy.place.replace("https://", "http://")
    names = [
        setting.variable
        for setting in facts.settings.proxy_variables
        if setting.value == proxy.value
    ]
    by_hand = tell(
        "change the address",
        f"Change https:// to http:// at the start of {proxy.source}: it is only the way to the proxy.",
    )
    by_variable = Fix(
        "write http:// in the proxy's address", tuple(SetEnv(name, plain) for name in names)
    )
    return warn(
        PROXY_WRONG_SCHEME,
        "the proxy's address begins with https://, and the proxy itself speaks http: every download through it fails",
        by_variable if names and "@" not in proxy.value else by_hand,
        found=proxy.place,
        wanted=plain,
        looked_in=proxy.source,
    )


def needs_socks(asked: Asked, facts: Facts) -> Diagnosis | None:
    """pip needs PySocks for it; with that, or with uv, it is no trouble."""
    if facts.settings.speaks_socks:
        return None
    return warn(
        PROXY_NEEDS_SOCKS,
        "the proxy is a SOCKS proxy, and pip cannot speak to one (Missing dependencies for SOCKS support)",
        tell(
            "use the proxy's http port",
            f"Set {asked.proxy.source} to the http address that your proxy program shows.",
        ),
        found=asked.proxy.place,
        wanted="a proxy address that begins with http://",
        looked_in=asked.proxy.source,
    )


def captures_localhost(asked: Asked, facts: Facts) -> Diagnosis:
    """Seen to happen: a server of ours on this machine was asked for by the proxy, and did not
    answer.
    """
    value = ",".join(
        dict.fromkeys(
            [*filter(None, facts.settings.no_proxy.replace(" ", "").split(",")), *LOCAL_NAMES]
        )
    )
    names = (
        ("no_proxy", "NO_PROXY")
        if "NO_PROXY" in facts.settings.no_proxy_variables
        else ("no_proxy",)
    )
    return warn(
        PROXY_CAPTURES_LOCALHOST,
        f"{asked.proxy.source} is set and no_proxy does not leave localhost out: programs that open http://localhost:8888 "
        "ask the proxy for it",
        Fix("leave this machine out of the proxy", tuple(SetEnv(name, value) for name in names)),
        found=f"{asked.proxy.place} {asked.trouble.value}{asked.more} when asked for http://localhost",
        wanted=f"no_proxy={','.join(LOCAL_NAMES)}",
        looked_in=HERE,
    )


def _without(asked: Asked, facts: Facts) -> Fix:
    """Every variable that names this proxy: taking out one would bring the next to light."""
    same = [
        setting for setting in facts.settings.proxy_variables if setting.value == asked.proxy.value
    ]
    sure = facts.direct and asked.lasts
    return taken_out(*(same or [asked.proxy]), sure=sure, title="do without this proxy")
