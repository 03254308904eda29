"""Docker and Podman as they answered: what `docker` 20.10 and 29 and `podman` 4.3 were recorded to print,
and to refuse, for containers that Docker Compose had started.
"""

from __future__ import annotations

import shlex
from pathlib import Path

LIST = "ps --format {{.Names}}\t{{.Ports}}"
INSPECT = 'inspect --format {{index .Config.Labels "com.docker.compose.project.working_dir"}} '
REFUSED = {
    "docker": "template parsing error",
    "podman": "Error: publish is an invalid filter",
}


def engine_with(folder: Path, engine: str, *containers: list[object]) -> str:
    """A PATH with this engine, which has containers of a name, a port (or what `ps` prints of them)
    and the folder of their project.
    """
    rows, arms = [], []
    for name, port, project in containers:
        shown = (
            f"0.0.0.0:{port}->5432/tcp, [::]:{port}->5432/tcp" if isinstance(port, int) else port
        )
        rows.append(f"{name}\t{shown}")
        arms.append(f"{shlex.quote(INSPECT + str(name))}) echo {shlex.quote(str(project))} ;;")
    listed = f"{shlex.quote(LIST)}) printf '%s\\n' {shlex.join(rows)} ;;"
    refusal = f"*) echo {shlex.quote(REFUSED[engine])} >&2; exit 125 ;;"
    script = "\n".join(["#!/bin/sh", 'case "$*" in', listed, *arms, refusal, "esac", ""])
    folder.mkdir(exist_ok=True)
    program = folder / engine
    program.write_text(script)
    program.chmod(0o755)
    return f"{folder}"
