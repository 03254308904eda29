"""Where the learner's server would listen, read before one is started: where other machines could
reach it, ours never listens.

Theirs is proved by resolving and binding it, which nobody can connect to.
"""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from envcheck import Confidence, Diagnosis, Environment, Fix, Severity, Tell, fact, warn
from envcheck_checks import overrides
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.interference.trials import Removed, SettingKind
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.jupyter.settings import may_set, settings_of
from envcheck_checks.machine import localhost
from envcheck_checks.notebook.codes import SERVER_OPEN_TO_NETWORK
from envcheck_checks.notebook.settings import config, port_retries
from envcheck_checks.overrides import Program

Place = tuple[Any, ...]  # as socket.bind takes it

USUAL = "localhost"
ALONE = "127.0.0.1"  # Jupyter takes it, too, where it cannot listen at localhost
TAKEN = "the port is taken"
FORBIDDEN = "the system does not give the port to this account"
ALL = ("", "*", "0.0.0.0", "::")  # every interface of this machine


@dataclass(frozen=True)
class Listening:
    """`ip` as Jupyter is told, and the file that says so. `elsewhere`: other machines could reach
    it.
    """

    ip: str = USUAL
    file: ConfigFile | None = None
    elsewhere: bool = False


@fact
def listening(env: Environment) -> Listening:
    """Where the server would listen, as the configuration says; the value that wins, and any other
    that leads elsewhere, count.
    """
    settings = settings_of(env, "ip") if may_set(env, "ip") else []
    addresses = [setting for setting in settings if isinstance(setting.value, str)]
    elsewhere = any(leads_elsewhere(str(setting.value)) for setting in addresses)
    if not addresses:
        return Listening(elsewhere=leads_elsewhere(USUAL))
    return Listening(str(addresses[-1].value), addresses[-1].file, elsewhere)


def options(env: Environment, changes: Sequence[Removed] = ()) -> list[str]:
    """The word that keeps a server of ours to this machine. It is always there: what Jupyter is told
    on its command line wins over every file, also over one that was not found or reads otherwise
    each time. `changes` are those of a trial, which may take the files away. And the word that lets
    it take another port than ours.
    """
    ip = _of_this_machine(env, changes)
    words = [f"{word}={ip}" for word in _words(env)]
    return overrides.options(Program.SERVER, *words, *port_retries.words(env))


def _words(env: Environment) -> tuple[str, ...]:
    """A file that sets the option by its older name wins over the newer one, wherever that stands
    (notebook_shim hands it on last); then both are said. Where none does, a Jupyter that knows the
    older name alone would refuse to be told twice.
    """
    older = any("ip" in file.settings.get("NotebookApp", {}) for file in _files(env))
    return ("--NotebookApp.ip", "--ServerApp.ip") if older else ("--ip",)


def _files(env: Environment) -> Sequence[ConfigFile]:
    return config_files(env) if may_set(env, "ip") else ()


def _of_this_machine(env: Environment, changes: Sequence[Removed]) -> str:
    """The learner's address where nobody else could reach it; Jupyter's own where they set none."""
    theirs = listening(env)
    if theirs.elsewhere:
        return ALONE
    if theirs.file is not None and not any(change.kind is SettingKind.CONFIG for change in changes):
        return theirs.ip
    return ALONE if cannot_listen(USUAL, 0) else USUAL


def leads_elsewhere(ip: str) -> bool:
    """Whether another machine could reach a server that listens there."""
    if ip in ALL:
        return True
    with contextlib.suppress(ValueError):
        return not ipaddress.ip_address(ip).is_loopback
    return any(
        not ipaddress.ip_address(place[0].partition("%")[0]).is_loopback
        for _, place in _resolved(ip)
    )


def is_name(host: str) -> bool:
    """Whether the name has an address at all, as far as this machine knows."""
    return bool(_resolved(host))


def reached_at(host: str) -> str:
    """Where a server answers that listens at `host`. Not every machine takes localhost for 127.0.0.1:
    where it is ::1 alone, nobody listens at the other.
    """
    named = localhost.addresses() if host.lower() == USUAL else (host,)
    return ALONE if ALONE in named or not named or host in ALL else named[0]


def reachable_at(pid: int, port: int) -> str:
    """Where other machines could reach what this process listens to at that port; empty where they
    could not, or nobody may know.
    """
    import psutil

    addresses: list[str] = []
    with contextlib.suppress(psutil.Error, OSError, ValueError, OverflowError):  # of no process
        process = psutil.Process(pid)
        ask = getattr(process, "net_connections", None) or process.connections  # before psutil 6
        places = [
            connection.laddr
            for connection in ask("tcp")
            if connection.status == psutil.CONN_LISTEN and connection.laddr
        ]
        addresses = [place[0] for place in places if place[1] == port and leads_elsewhere(place[0])]
    return addresses[0] if addresses else ""


def diagnose(env: Environment, _failure: Failure) -> Diagnosis | None:
    """A name that nobody knows, or an address that is not this machine's. Where the name is the
    usual one, the settings are right and the machine's list of names is wrong.
    """
    theirs = listening(env)
    if theirs.file is None:
        return None
    trouble = cannot_listen(theirs.ip, 0)
    if not trouble:
        return None
    if theirs.ip.lower() == USUAL and (
        led_away := localhost.leads_elsewhere(
            localhost.addresses(),
            Severity.ERROR,
            "Jupyter, which is told to listen there, cannot start",
        )
    ):
        return led_away
    return config.stops(
        env,
        theirs.file,
        f"the Jupyter config file sets an address that is not this machine's ({trouble}): Jupyter cannot start",
        f"ip = {theirs.ip!r}",
    )


def cannot_listen(ip: str, port: int) -> str:
    """Why no server can listen there; empty when one can, on one of its addresses at least. Bound
    as Jupyter does, and not listened on.
    """
    places = _resolved(ip, port)
    troubles = [trouble for family, place in places if (trouble := _bound(family, place))]
    if not places:
        return "no such name"
    taken = [trouble for trouble in troubles if trouble == TAKEN]
    return (taken or troubles)[0] if taken or len(troubles) == len(places) else ""


def _bound(family: int, place: Place) -> str:
    try:
        with socket.socket(family) as listener:
            if sys.platform != "win32":  # there it would share the port
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            listener.bind(place)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM):
            return FORBIDDEN
        return TAKEN if error.errno == errno.EADDRINUSE else f"{error.strerror or error}"
    return ""


def _resolved(ip: str, port: int = 0) -> Sequence[tuple[int, Place]]:
    """Families and places of a name; none where it has no meaning here."""
    host = None if ip in ("", "*") else ip
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        return []
    return [(family, place) for family, _, _, _, place in answers]


def warnings(env: Environment, *, open_to_all: bool) -> list[Diagnosis]:
    """Where the learner's server listens to other machines and asks them for nothing."""
    theirs = listening(env)
    if not (theirs.elsewhere and open_to_all and theirs.file is not None):
        return []
    return [
        warn(
            SERVER_OPEN_TO_NETWORK,
            "your Jupyter listens to other machines, and asks for no token and no password: whoever reaches this one can run code as you",
            Fix(
                "let it listen to this machine only",
                (
                    Tell(
                        f"Take the line that sets ip = {theirs.ip!r} out of {theirs.file.path}, or the one that empties the token."
                    ),
                ),
                Confidence.ASK,
            ),
            found=f"ip = {theirs.ip!r}, and no token",
            wanted="an address of this machine alone, or a token",
            looked_in=theirs.file.path,
        )
    ]
