"""The package index answers through the learner's proxy and certificates. Offline is no fault; what
is set and cannot work is.
"""

from __future__ import annotations

import base64
import secrets
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from urllib.parse import SplitResult, unquote, urlsplit

from envcheck import Check, Cost, Environment, Outcome
from envcheck.digits import whole_number
from envcheck_checks.index.config_files import Setting
from envcheck_checks.index.diagnose import of_settings
from envcheck_checks.index.facts import PASSING, Asked, Facts, Trouble
from envcheck_checks.index.settings import DEFAULT_INDEX, index_settings, proxies_of, settings_under
from envcheck_checks.interference.background import BackgroundCall
from envcheck_checks.machine.localhost import addresses as localhost
from envcheck_checks.network.clock import ahead_of_index, is_out_of_time
from envcheck_checks.network.connect import connect
from envcheck_checks.network.diagnose import diagnose
from envcheck_checks.network.index_request import ask
from envcheck_checks.network.session import Bounds, hop_of, is_left_out, port_of

BOUNDS = Bounds()
EXTRAS = 4  # extra indexes that are asked, at most


def network(needs: tuple[Check, ...] = (), bounds: Bounds = BOUNDS) -> Check:
    """The package index answers as the learner's pip would ask it; localhost leads to
    this machine.
    """

    def examine(env: Environment) -> Outcome:
        return diagnose(learn(env, bounds))

    return Check(
        id="network",
        title="Network",
        examine=examine,
        needs=needs,
        required=False,
        timeout=20,
        traits=frozenset({"network"}),
        proves="the package index answers through the learner's proxy and certificates; localhost leads to this machine",
        symptom="pip finds nothing, or the network does not let it through",
        slow_because="a network that swallows requests is waited for",
        cost=Cost(seconds=0.5),
    )


def learn(env: Environment, bounds: Bounds) -> Facts:
    """Everything at the same time; what has not come when the time is over counts as silence."""
    settings = index_settings(env)
    end = time.monotonic() + bounds.whole
    indexes = () if of_settings(settings) else (settings.main, *settings.extra[:EXTRAS])
    asking = [(index, BackgroundCall(partial(ask, index, settings, bounds))) for index in indexes]
    addresses, captured = (
        BackgroundCall(localhost),
        BackgroundCall(partial(captures, env.variables, bounds)),
    )
    asked = tuple(later.value(end) or Asked(index, Trouble.NOT_IN_TIME) for index, later in asking)
    facts = Facts(
        settings, asked, localhost=addresses.value(end) or (), captured=captured.value(end)
    )
    doubted = next(filter(is_out_of_time, facts.asked), None)
    if doubted is not None:
        ahead = BackgroundCall(partial(ahead_of_index, doubted, bounds))
        facts = replace(facts, ahead=ahead.value(time.monotonic() + bounds.connect + 1))
    return _with_background(env, facts, bounds)


def _with_background(env: Environment, facts: Facts, bounds: Bounds) -> Facts:
    """For something set that does not work: does the default index, or the same index without the
    file of certificates? What was slow is asked once more.
    """
    failed = [
        asked
        for asked in (*facts.asked, facts.captured)
        if asked is not None and asked.trouble is not Trouble.NONE
    ]
    bundle = facts.settings.bundle
    doubted = (
        bundle is not None
        and bundle.variable
        and any(asked.trouble is Trouble.CERTIFICATE for asked in facts.asked[:1])
    )
    if not doubted and not any(asked.index.configured or asked.proxy.value for asked in failed):
        return facts
    end = time.monotonic() + bounds.connect + 1
    host = urlsplit(DEFAULT_INDEX).hostname or ""
    online, direct = (
        BackgroundCall(partial(_is_name, host)),
        BackgroundCall(partial(connect, host, 443, bounds.connect)),
    )
    trusted = BackgroundCall(partial(_is_trusted_without, env, facts, bounds)) if doubted else None
    again = _ask_the_slow_ones(facts, bounds)
    return replace(
        facts,
        asked=tuple(_better(*both, end) for both in zip(facts.asked, again, strict=True)),
        online=bool(online.value(end)),
        direct=direct.value(end) is Trouble.NONE,
        without_bundle=bool(trusted and trusted.value(end)),
    )


def _ask_the_slow_ones(facts: Facts, bounds: Bounds) -> list[BackgroundCall[Asked] | None]:
    """Once more, all at the same time; None for those that were not slow."""
    return [
        BackgroundCall(partial(ask, asked.index, facts.settings, bounds))
        if asked.trouble in PASSING
        else None
        for asked in facts.asked
    ]


def _better(first: Asked, again: BackgroundCall[Asked] | None, end: float) -> Asked:
    second = again.value(end) if again is not None else None
    return second if second is not None and second.trouble is Trouble.NONE else first


def _is_trusted_without(env: Environment, facts: Facts, bounds: Bounds) -> bool:
    """Whether the index is trusted once the variables that name this file of certificates
    are gone.
    """
    bundle = facts.settings.bundle
    gone = {
        setting.variable
        for setting in facts.settings.bundles
        if bundle and setting.value == bundle.value
    }
    kept = {name: value for name, value in env.variables.items() if name not in gone}
    return ask(facts.asked[0].index, settings_under(env, kept), bounds).trouble is Trouble.NONE


def captures(variables: Mapping[str, str], bounds: Bounds) -> Asked | None:
    """Ask the learner's http proxy, as their programs would, for a page that a server of ours on
    this machine serves.

    None when there is no such proxy, when localhost is left out, or when the page came: a proxy on
    this machine may do that.
    """
    proxy = proxies_of(variables).get("http") or proxies_of(variables).get("all")
    no_proxy = variables.get("no_proxy") or variables.get("NO_PROXY") or ""
    if proxy is None or not proxy.variable or is_left_out("localhost", 8888, no_proxy):
        return None
    hop = hop_of(proxy)
    if hop.scheme != "http" or not hop.hostname:
        return None
    asked = Asked(Setting("http://localhost"), proxy=proxy, at_proxy=True)
    trouble = connect(hop.hostname, port_of(hop), bounds.connect)
    if trouble is not Trouble.NONE:
        return replace(asked, trouble=trouble)
    answer = _through(hop, bounds.read)
    if answer is None:
        return None
    status = whole_number("".join(answer.split()[1:2])) or 0
    return replace(asked, trouble=Trouble.STATUS if status else Trouble.CUT, status=status)


def _through(hop: SplitResult, limit: float) -> str | None:
    """The first line of what came instead of our own page; None when the page came."""
    mark = secrets.token_hex(8)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(limit)
        BackgroundCall(partial(_serve_once, server, mark))
        port = server.getsockname()[1]
        user, password = unquote(hop.username or ""), unquote(hop.password or "")
        credentials = base64.b64encode(f"{user}:{password}".encode()).decode()
        who = f"Proxy-Authorization: Basic {credentials}\r\n" if hop.username else ""
        request = f"GET http://localhost:{port}/ HTTP/1.0\r\nHost: localhost:{port}\r\n{who}\r\n"
        try:
            with socket.create_connection((hop.hostname or "", port_of(hop)), limit) as connection:
                connection.sendall(request.encode())
                answer = _all(connection)
        except OSError:
            return ""
    return None if mark in answer else answer.partition("\n")[0]


def _serve_once(server: socket.socket, mark: str) -> None:
    with suppress(OSError):
        connection, _ = server.accept()
        with connection:
            connection.settimeout(2)
            connection.recv(4096)
            connection.sendall(
                f"HTTP/1.0 200 OK\r\nContent-Length: {len(mark)}\r\n\r\n{mark}".encode()
            )


def _all(connection: socket.socket) -> str:
    parts: list[bytes] = []
    while sum(map(len, parts)) < 16_384 and (part := connection.recv(4096)):
        parts.append(part)
    return b"".join(parts).decode("latin-1")


def _is_name(host: str) -> bool:
    with suppress(OSError):
        return bool(socket.getaddrinfo(host, 443))
    return False
