"""Why Docker's client reaches no engine: from the address it was sent to, and what a connection to
that meets.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from envcheck import Diagnosis, Environment, Fix, Tell, UnsetEnv, fail
from envcheck.fixes.advice import tell, typed
from envcheck_checks.tools.docker.codes import (
    DOCKER_NO_PERMISSION,
    DOCKER_NOT_RUNNING,
    DOCKER_WRONG_ADDRESS,
)
from envcheck_checks.tools.docker.starters import starter
from envcheck_checks.tools.framework.program import find
from envcheck_checks.tools.framework.reach import Reach, is_local, reach
from envcheck_checks.tools.framework.sandbox import Bench

USUAL = (
    "npipe:////./pipe/docker_engine" if sys.platform == "win32" else "unix:///var/run/docker.sock"
)
CHOOSING = frozenset({"DOCKER_HOST", "DOCKER_CONTEXT"})
# `minikube docker-env` sets all of them: what is left of them keeps the usual engine away as well.
VARIABLES = (
    "DOCKER_HOST",
    "DOCKER_CONTEXT",
    "DOCKER_TLS_VERIFY",
    "DOCKER_CERT_PATH",
    "DOCKER_API_VERSION",
)


@dataclass(frozen=True)
class Engine:
    """Versions of client and engine, and the engine's system."""

    client: str
    server: str
    system: str


@dataclass(frozen=True)
class Chosen:
    """The address that the client uses, empty where what chose it leads to none; and who
    chose it.
    """

    address: str
    by: str
    reach: Reach


def chosen_address(table: Bench, client: str) -> tuple[str, str]:
    """The address, and the name of the context; nobody is asked there."""
    variables = table.env.variables
    inspected = table.do(
        client, "context", "inspect", "--format", "{{.Name}} {{.Endpoints.docker.Host}}"
    )
    name, _, address = inspected.stdout.strip().partition(" ")
    if not inspected.ok:  # a client without contexts, or a context that is not there
        address = variables.get("DOCKER_HOST", "") or (
            "" if variables.get("DOCKER_CONTEXT") else USUAL
        )
    return address, name


def is_elsewhere(address: str) -> bool:
    """Whether an address of an engine leads to another computer."""
    host = urlsplit(address).hostname or ""
    return bool(host) and not is_local(host)


def chosen(table: Bench, client: str) -> Chosen:
    """The engine that the client would ask, what chose it, and whether something answers there."""
    address, name = chosen_address(table, client)
    by = next(
        (
            f"the variable {variable}"
            for variable in VARIABLES
            if variable in CHOOSING and table.env.variables.get(variable)
        ),
        "",
    )
    if not by and name not in ("", "default"):
        by = f"Docker's context `{name}`"
    return Chosen(address, by, reach(address) if address else Reach.ABSENT)


def cause(env: Environment, way: Chosen, helps: str) -> Diagnosis | None:
    """`helps` is what, taken away, makes the client reach an engine."""
    if way.reach is Reach.FORBIDDEN and way.address.startswith("unix:"):
        return forbidden(env, way)
    if way.by and helps:
        return wrong_address(env, way, helps)
    # Something answers there, or the address is of a kind that only the client can try: its own
    # words are shown.
    if way.reach is Reach.ANSWERS or (
        way.reach is Reach.UNKNOWN and not way.address.startswith("npipe:")
    ):
        return None
    return fail(
        DOCKER_NOT_RUNNING,
        "Docker's client is installed, and its engine does not run",
        start(env, way),
        found=f"{way.address or 'no address'}: {way.reach.value}",
        wanted="an engine that answers",
        looked_in=way.by or "the usual place",
        note=f"{way.by} chose this place" if way.by else "",
    )


def forbidden(env: Environment, way: Chosen) -> Diagnosis:
    """The socket is there, and this user may not open it."""
    path = urlsplit(way.address).path
    if sys.platform == "darwin":  # where every account runs an engine of its own, and no group does
        return _refused(
            path,
            tell(
                "use an engine of your own account",
                "Another account of this Mac runs Docker. Quit it there, then start Docker in yours.",
            ),
            wanted="a socket of your own account",
        )
    group = _group(path)
    words: list[str | Tell] = [
        typed(f"sudo usermod -aG {group or 'docker'} {env.variables.get('USER') or '$USER'}"),
        "Log out of the computer and in again: a terminal that is open knows nothing of new groups.",
    ]
    member = _waits(group)
    if member:
        words = [
            "Log out of the computer and in again: you belong to the group, and this terminal is older than that."
        ]
    title = "log in again" if member else f"become a member of the group {group or 'docker'}"
    return _refused(
        path,
        tell(title, *words),
        wanted=f"membership in the group {group}" if group else "the right to read and write it",
        note=""
        if member
        else "members of that group can do on this computer whatever its administrator can",
    )


def _refused(path: str, fix: Fix, wanted: str, note: str = "") -> Diagnosis:
    return fail(
        DOCKER_NO_PERMISSION,
        "Docker's engine is there, and this user may not use it",
        fix,
        found=f"{_shown(path)}: this user may not open it",
        wanted=wanted,
        looked_in=path,
        note=note,
    )


def wrong_address(env: Environment, way: Chosen, helps: str) -> Diagnosis:
    """`way.by` sends the client to a place where no engine answers; `helps` is what, taken away,
    finds one.
    """
    names = [name for name in VARIABLES if env.variables.get(name)]
    fix = tell("use the usual engine", typed("docker context use default"))
    if helps == "variables":
        fix = Fix(
            f"take {' and '.join(names)} out of your terminal's variables",
            tuple(UnsetEnv(name) for name in names),
        )
    return fail(
        DOCKER_WRONG_ADDRESS,
        f"{way.by} sends Docker to a place where no engine answers, and there is one elsewhere on this computer",
        fix,
        found=f"{way.address or 'a context that does not exist'}: {way.reach.value}",
        wanted="the engine that runs",
        looked_in=way.by,
    )


def start(env: Environment, way: Chosen) -> Fix:
    """What starts an engine here."""
    if way.by and not way.address.startswith("unix:"):
        return tell(
            "ask who gave you this address",
            f"{way.by} names {way.address}. Ask its owner to start the engine there.",
        )
    if program := starter(way.address):
        return program
    if (
        sys.platform in ("win32", "darwin")
        or "desktop" in way.address
        or "WSL_DISTRO_NAME" in env.variables
    ):
        words = ["Start Docker Desktop, and wait until it says that the engine runs."]
        if "WSL_DISTRO_NAME" in env.variables:
            words.append(
                "In its settings, under Resources, WSL integration, switch this distribution on."
            )
        return tell("start Docker Desktop", *words)
    if not find(env, "dockerd") and not os.path.exists("/usr/sbin/dockerd"):
        return tell(
            "install Docker's engine",
            "Only the client is installed. Follow https://docs.docker.com/engine/install/ for this system.",
        )
    return tell("start the engine", typed("sudo systemctl start docker"))


def _group(path: str) -> str:
    """The group that owns the socket; empty where it cannot be told, and where it is root's."""
    if sys.platform == "win32":
        return ""
    try:
        name = Path(path).group()
    except (OSError, KeyError):
        return ""
    return "" if name in ("root", "wheel") else name


def _waits(group: str) -> bool:
    """Whether the user was put into the group after this terminal was opened."""
    if sys.platform == "win32" or not group:
        return False
    import grp
    import pwd

    try:
        me, row = pwd.getpwuid(os.getuid()).pw_name, grp.getgrnam(group)
    except KeyError:
        return False
    return me in row.gr_mem and row.gr_gid not in os.getgroups()


def _shown(path: str) -> str:
    try:
        status = Path(path).stat()
    except OSError:
        return path
    return f"{path} (mode {status.st_mode & 0o777:o}, group {_group(path) or 'root'})"
