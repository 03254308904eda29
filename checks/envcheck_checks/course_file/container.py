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
        for line in _answer(env, program, "ps", "--format", ROWS).splitlines():
            name, _, ports = line.partition("\t")
            if publishes(ports, number):
                folder = _answer(env, program, "inspect", "--format", FOLDER, name).strip()
                return Container(engine, name, folder)
    return None


def publishes(ports: str, number: int) -> bool:
    """Whether this port of the machine is among what a list of containers says of one."""
    return any(
        int(first) <= number <= int(last or first) for first, last in PUBLISHED.findall(ports)
    )


def _answer(env: Environment, *words: str) -> str:
    answer = env.run(words, timeout=SECONDS, low_priority=True)
    return answer.stdout if answer.ok else ""
