"""A port that a course uses: nobody has it, or this course's own containers have."""

from __future__ import annotations

import re
from functools import partial

from envcheck import Check, Cost, Diagnosis, Environment, Fix, Outcome, fail, ok, unknown
from envcheck import places as same_places
from envcheck.fixes.advice import tell, typed
from envcheck_checks.course_file.chapter_place import ChapterPlace
from envcheck_checks.course_file.codes import PORT_RESERVED, PORT_TAKEN
from envcheck_checks.course_file.key_page import page
from envcheck_checks.course_file.services.container import Container, with_port
from envcheck_checks.index.facts import Trouble
from envcheck_checks.machine.port_holder import holder
from envcheck_checks.machine.system import system
from envcheck_checks.network.connect import connect
from envcheck_checks.notebook.settings.address import FORBIDDEN, TAKEN, cannot_listen

ADDRESSES = ("127.0.0.1", "0.0.0.0", "::1")  # the first is there on every machine
ADMINISTRATORS = range(1, 1024)  # but on Windows; Docker's program may take these
NETSH = ("netsh", "int", "ipv4", "show", "excludedportrange", "protocol=tcp")
RANGE = re.compile(r"^[^\S\n]*(\d{1,5})[^\S\n]+(\d{1,5})\b", re.MULTILINE)
AGAIN = "Then run envcheck again."


def port_free(number: int, place: ChapterPlace) -> Check:
    """A server of the course can listen on the port, or does already."""
    return Check(
        id=f"port.{number}",
        title=f"Port {number}",
        examine=partial(_examine, number, place),
        timeout=60,
        proves=f"port {number} is free, or held by this course's own containers",
        cost=Cost(0.2, 5),
        scope=place.scope,
        page=page(
            f"The port {number}",
            f"A server of the course listens on port {number} of this machine.",
            "Only one program can have a port. Another one's answer is taken for the course's.",
            "A listener is bound to the port for a moment, on the addresses that servers use. Where "
            "that is refused, Docker or Podman is asked which container has it, and the system which "
            "program.",
            f"Linux, macOS: `lsof -i :{number}`; PowerShell: `Get-NetTCPConnection -LocalPort {number}`",
            {
                PORT_TAKEN: "another program has it",
                PORT_RESERVED: "Windows keeps it back for Hyper-V, WSL or Docker",
            },
        ),
    )


def _examine(number: int, place: ChapterPlace, env: Environment) -> Outcome:
    troubles = [cannot_listen(address, number) for address in ADDRESSES]
    listens = connect("127.0.0.1", number, 1.0) is Trouble.NONE
    if TAKEN not in troubles and not listens:
        return _not_taken(env, number, troubles)
    container = with_port(env, number)
    if container and container.folder and same_places.lies_in(container.folder, place.root):
        return ok(f"this course's container `{container.name}` has it")
    who, fix = _holder(number, container)
    return fail(
        PORT_TAKEN,
        f"port {number} is taken, and the course needs it",
        fix,
        found=f"{who} listens on port {number}",
        wanted=f"port {number} free",
        looked_in="the ports of this machine",
    )


def _not_taken(env: Environment, number: int, troubles: list[str]) -> Outcome:
    """Nobody listens: free where it could be bound, too. IPv6 may be absent."""
    refusal = troubles[0]
    if system(env).is_windows and FORBIDDEN in troubles:
        if span := _range_kept_back(env, number):
            return _reserved(number, span)
        refusal = FORBIDDEN
    elif refusal == FORBIDDEN and number in ADMINISTRATORS:
        refusal = ""
    if refusal:
        return unknown(f"nobody listens on port {number}, and it cannot be taken: {refusal}")
    return ok("free")


def _range_kept_back(env: Environment, number: int) -> str:
    """The range that the port lies in, as netsh has it in every language; empty for none."""
    ranges = [
        (int(first), int(last)) for first, last in RANGE.findall(env.run(NETSH, timeout=10).stdout)
    ]
    return next((f"{first}-{last}" for first, last in ranges if first <= number <= last), "")


def _reserved(number: int, span: str) -> Diagnosis:
    return fail(
        PORT_RESERVED,
        f"Windows keeps port {number} back, and the course needs it",
        tell(
            f"free port {number}",
            typed("net stop winnat", "Type this in a terminal that you start as administrator:"),
            typed("net start winnat", "Then this, there:"),
            AGAIN,
        ),
        found=f"the range {span} of ports that no program may take",
        wanted=f"port {number} free",
        looked_in=" ".join(NETSH),
        note="Hyper-V, WSL and Docker Desktop bring such ranges, which change whenever Windows starts",
    )


def _holder(number: int, container: Container | None) -> tuple[str, Fix]:
    """Who has the port, and how it is freed."""
    title = f"free port {number}"
    if container:
        project = f" of the project in {container.folder}" if container.folder else ""
        stop = typed(f"{container.engine} stop {container.name}")
        return f"the container `{container.name}`{project}", tell(title, stop, AGAIN)
    who = holder(number) or "another program, which this account may not see"
    name = who if who.startswith("`") else "the program that has it"
    return who, tell(title, f"Close {name}.", AGAIN)
