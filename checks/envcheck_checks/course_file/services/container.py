"""The container that has a port of this machine, asked of Docker, or of Podman where there is no
Docker or its answer is not known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from envcheck import Environment
from envcheck_checks.tools.framework.program import find

ENGINES = ("docker", "podman")
# Both answer these two alike. Podman refuses Docker's filter by port, has other words for labels in
# a list, and may be the program behind the name `docker`.
ROWS = "{{.Names}}\t{{.Ports}}"
FOLDER = '{{index .Config.Labels "com.docker.compose.project.working_dir"}}'
# `0.0.0.0:5432->5432/tcp, [::]:8000-8005->8000-8005/tcp`
PUBLISHED = re.compile(r":(\d+)(?:-(\d+))?->[^,\s]*/tcp")
# Of one in the network of the machine itself no port is listed: `network_mode: host`
NETWORK = "{{.HostConfig.NetworkMode}} {{range $port, $_ := .Config.ExposedPorts}}{{$port}} {{end}}"
MOST = 3  # containers that are asked for their network
SECONDS = 6.0  # for an answer


@dataclass(frozen=True)
class Container:
    """Its engine's command, its name, and the folder of its Compose project, if it has one."""

    engine: str
    name: str
    folder: str


def engine_of(env: Environment) -> str:
    """The command for containers that this terminal has; empty without one."""
    return next((name for name in ENGINES if find(env, name)), "")


def with_port(env: Environment, number: int) -> Container | None:
    """The container that has it; nothing without an engine that answers, or without one."""
    for engine in ENGINES:
        if not (program := find(env, engine)):
            continue
        if name := _name(env, program, number):
            folder = _answer(env, program, "inspect", "--format", FOLDER, name).strip()
            return Container(engine, name, folder)
    return None


def _name(env: Environment, program: str, number: int) -> str:
    """That of the container that publishes the port, or uses it in the network of the machine itself."""
    listed = _answer(env, program, "ps", "--format", ROWS).splitlines()
    rows = [line.partition("\t") for line in listed]
    if name := next((name for name, _, ports in rows if publishes(ports, number)), ""):
        return name
    silent = [name for name, _, ports in rows if name and not ports.strip()][:MOST]
    of_host = (name for name in silent if _is_of_host(env, program, name, number))
    return next(of_host, "")


def _is_of_host(env: Environment, program: str, name: str, number: int) -> bool:
    mode, _, ports = _answer(env, program, "inspect", "--format", NETWORK, name).partition(" ")
    return mode == "host" and f"{number}/tcp" in ports.split()


def publishes(ports: str, number: int) -> bool:
    """Whether this port of the machine is among what a list of containers says of one."""
    return any(
        int(first) <= number <= int(last or first) for first, last in PUBLISHED.findall(ports)
    )


def _answer(env: Environment, *words: str) -> str:
    answer = env.run(words, timeout=SECONDS, low_priority=True)
    return answer.stdout if answer.ok else ""
