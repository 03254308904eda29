"""A service that a course uses: its address answers."""

from __future__ import annotations

import ipaddress
import os
import socket
from functools import partial

from envcheck import (
    Check,
    Confidence,
    Cost,
    Environment,
    Fix,
    Outcome,
    Tell,
    fail,
    ok,
    skip,
    unknown,
)
from envcheck.course_file.asked import Service
from envcheck.fixes.advice import tell, typed
from envcheck_checks.course_file.chapter_place import ChapterPlace
from envcheck_checks.course_file.codes import SERVICE_HANGS_UP, SERVICE_SILENT
from envcheck_checks.course_file.key_page import page
from envcheck_checks.course_file.programs.installation import PAGES
from envcheck_checks.course_file.services.container import engine_of
from envcheck_checks.course_file.services.service_proxy import by_proxy
from envcheck_checks.index.facts import TRANSPORT, Trouble
from envcheck_checks.network.connect import connect
from envcheck_checks.reading.check import BOUNDS, canary_of

COMPOSE = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")
LIMIT = 4.0  # seconds for a connection
NOT_FOUND = (Trouble.NO_NAME, Trouble.NO_ROUTE)  # what else is said, somebody said
STAYS = 0.4  # seconds that a connection must last: Docker's proxy ends one that nobody answers


def service_answers(name: str, service: Service, place: ChapterPlace) -> Check:
    """A connection can be made, and is not ended at once."""
    where = f"{service.host}:{service.port}"
    return Check(
        id=f"service.{name}",
        title=name[:40],
        examine=partial(_examine, name, service, place),
        timeout=25,
        traits=frozenset() if is_here(service.host) else frozenset({"network"}),
        proves=f"{name} answers at {where}",
        cost=Cost(0.5, 5),
        scope=place.scope,
        page=page(
            f"The service `{name}`",
            f"The course talks to a service at {where}.",
            "What the course does with it cannot be done while it does not answer.",
            "A connection is made, as the course's programs would, and kept for a moment; where none can be and "
            "a proxy is set, it is asked to pass one on. Nothing is sent. One that is not on this machine is left out with `--offline`.",
            f"Linux, macOS: `nc -vz {service.host} {service.port}`; PowerShell: "
            f"`Test-NetConnection {service.host} -Port {service.port}`",
            {
                SERVICE_SILENT: "nobody answers there",
                SERVICE_HANGS_UP: "somebody answers, and ends the connection at once",
            },
        ),
    )


def is_here(host: str) -> bool:
    """Whether it is this machine, by name or by address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower().rstrip(".") in ("localhost", "ip6-localhost")


def _examine(name: str, service: Service, place: ChapterPlace, env: Environment) -> Outcome:
    where = f"{service.host}:{service.port}"
    trouble = connect(service.host, service.port, LIMIT)
    if trouble is not Trouble.NONE:
        if not is_here(service.host) and (other := _elsewhere(service, trouble, env)):
            return other
        return fail(
            SERVICE_SILENT,
            f"the service `{name}` does not answer",
            _start(name, service, place, env),
            found=f"{where} {trouble.value}",
            wanted=f"{name} at {where}",
            looked_in="this machine" if is_here(service.host) else "the network",
        )
    stays = _stays(service)
    if stays is None:
        return unknown(f"{where} answered once, and then no more")
    if stays:
        return ok(f"it answers at {where}")
    return fail(
        SERVICE_HANGS_UP,
        f"the service `{name}` takes connections and ends them at once",
        _start(name, service, place, env),
        found=f"{where} ends the connection",
        wanted=f"{name} at {where}",
        looked_in="this machine" if is_here(service.host) else "the network",
        note="a container that is still starting, or has stopped inside, does that",
    )


def _elsewhere(service: Service, trouble: Trouble, env: Environment) -> Outcome | None:
    """What is said of another machine that no connection leads to, before it is called silent."""
    if trouble in NOT_FOUND and _is_offline(env):
        return skip(f"this machine is offline: {service.host} {trouble.value}")
    way = by_proxy(env.variables, service)
    where = f"{service.host}:{service.port}"
    if way is not None and way.why:
        return unknown(
            f"{where} {trouble.value}; the proxy {way.place}, which may be meant for other addresses, {way.why}"
        )
    return ok(f"it answers at {where}, through the proxy {way.place}") if way else None


def _is_offline(env: Environment) -> bool:
    """Whether nothing of the network answers, the page that is always there neither."""
    page_of_all = canary_of(env, BOUNDS)
    return page_of_all is None or page_of_all.answer.trouble in TRANSPORT


def _stays(service: Service) -> bool | None:
    """Whether a connection lasts; None where there was none."""
    try:
        with socket.create_connection((service.host, service.port), LIMIT) as connection:
            connection.settimeout(STAYS)
            return bool(connection.recv(1))
    except TimeoutError:
        return True
    except ConnectionResetError:
        return False
    except OSError:
        return None


def _start(name: str, service: Service, place: ChapterPlace, env: Environment) -> Fix:
    """By the course's own compose file, where it has one."""
    folders = dict.fromkeys((place.folder, place.root))
    here = (folder / file for folder in folders for file in COMPOSE)
    file = next((path for path in here if os.path.isfile(path)), None)
    if file is not None and is_here(service.host):
        engine = engine_of(env)
        first = () if engine else (Tell(f"Install Docker first: {PAGES['docker']}"),)
        line = typed(f'{engine or "docker"} compose -f "{file}" up -d')
        again = Tell("Wait a moment, then run envcheck again.")
        title = f"start the course's containers, {name} among them"
        return Fix(title, (*first, line, again), Confidence.ASK)
    if not is_here(service.host):
        where = f"{service.host}, port {service.port}"
        return tell(
            f"find out why {name} does not answer",
            f"Compare {where} with what the course says, and try another network: some hold such ports "
            "back, or want their VPN. Then run envcheck again; if it stays so, ask who runs it.",
        )
    return tell(f"start {name}", f"Start {name} as the course says, then run envcheck again.")
