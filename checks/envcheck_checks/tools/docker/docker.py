"""Docker: whether the client reaches an engine, by asking it; with --deep a container of
`hello-world` is run.
"""

from __future__ import annotations

import secrets
from dataclasses import replace

from envcheck import Check, Diagnosis, Environment, Outcome, fail, ok, skip
from envcheck.fixes.advice import ask_teacher
from envcheck.processes.process import Finished
from envcheck.shape import read_object
from envcheck_checks.tools.docker.codes import (
    DOCKER_NO_PERMISSION,
    DOCKER_NOT_RUNNING,
    DOCKER_RUN_FAILS,
    DOCKER_WRONG_ADDRESS,
)
from envcheck_checks.tools.docker.engine import (
    CHOOSING,
    VARIABLES,
    Engine,
    cause,
    chosen,
    chosen_address,
    is_elsewhere,
)
from envcheck_checks.tools.framework.program import Program, find
from envcheck_checks.tools.framework.sandbox import Bench, bench, program_works

DOCKER = Program(
    "Docker",
    "docker",
    "runs programs in containers",
    400,
    {
        "apt": "docker.io",
        "pacman": "docker",
        "zypper": "docker",
        "dnf": "moby-engine",
        "winget": "Docker.DockerDesktop",
    },
    "https://docs.docker.com/get-started/get-docker/",
)
IMAGE = "hello-world"
GREETING = "Hello from Docker!"


def examine(env: Environment) -> Outcome:
    table = bench(env, "docker", DOCKER.title, 75, home=False)
    client = find(env, "docker")
    if env.options.offline and is_elsewhere(chosen_address(table, client)[0]):
        return skip("not asked: --offline, and the engine is on another computer")
    version = ask_versions(table, client)
    engine = read(version)
    if engine is None:
        if "podman" in table.do(client, "--version").stdout.lower():
            return _podman(table, client)
        return (
            cause(env, chosen(table, client), works_without(table, client))
            or table.trouble(version)
            or table.wrong_answer("no version", "the engine's version")
        )
    words = f"client {engine.client}, engine {engine.server} ({engine.system}) answers"
    ran = greeting(table, client) if env.options.deep else ""
    if isinstance(ran, Diagnosis):
        return ran
    return ok(
        f"{words}{ran}" if env.options.deep else f"{words}; no container was run (--deep runs one)"
    )


def ask_versions(table: Bench, client: str, *words: str) -> Finished:
    """How the client answered, asked for its version and the engine's, as JSON; `words` are options
    before the command.
    """
    return table.do(client, *words, "version", "--format", "{{json .}}")


VERSIONS = {"Client": {"Version": str}, "Server": {"Version": str, "Os": str, "Arch": str}}


def read(output: Finished) -> Engine | None:
    """What the client and the engine say of themselves; None without an engine."""
    answer = read_object(output.stdout, VERSIONS)
    if answer is None:
        return None
    client, server = answer["Client"], answer["Server"]
    return Engine(client["Version"], server["Version"], f"{server['Os']}/{server['Arch']}")


def works_without(table: Bench, client: str) -> str:
    """Without what this terminal or the client's settings choose: `variables`, `context`, or empty
    where that helps nothing, or nothing need be taken away any more: an engine takes its time to
    start.
    """
    free = replace(table, variables=dict.fromkeys(VARIABLES))
    helped = ""
    if CHOOSING & set(table.env.variables) and read(ask_versions(free, client)):
        helped = "variables"
    elif read(ask_versions(free, client, "--context", "default")):
        helped = "context"
    return "" if helped and read(ask_versions(table, client)) else helped


def _podman(table: Bench, client: str) -> Outcome:
    """What is said where `docker` is Podman's: it needs no engine."""
    done = table.do(client, "info", "--format", "{{.Version.Version}}")
    return table.trouble(done) or ok(
        f"Podman {done.stdout.strip()} stands in for Docker, and answers"
    )


def greeting(table: Bench, client: str) -> str | Diagnosis:
    """A container of `hello-world`; it is gone afterwards, and the image too where it was not there
    before.
    """
    here = table.do(client, "image", "inspect", IMAGE).ok
    if table.env.options.offline and not here:
        return f"; no container was run: the image {IMAGE} is not here (--offline)"
    name = f"envcheck-{secrets.token_hex(6)}"
    ran = table.do(client, "run", "--rm", "--name", name, "--network", "none", IMAGE)
    if not ran.ok:
        table.do(client, "rm", "--force", name)
    if not here:
        table.do(client, "image", "rm", IMAGE)
    if GREETING in ran.stdout:
        return f", and a container of {IMAGE} said {GREETING!r}"
    return fail(
        DOCKER_RUN_FAILS, f"Docker's engine answers, and a container of {IMAGE} did not run", ask_teacher(),
        found=ran.last_words, wanted=GREETING, looked_in=f"docker run {IMAGE}",
    )  # fmt: skip


def docker() -> Check:
    """The client reaches an engine that answers; with --deep a container runs."""
    return program_works(
        "docker",
        DOCKER.title,
        (DOCKER,),
        examine,
        proves=f"the client reaches an engine, which tells its version; with `--deep` a container of {IMAGE} is run, and taken away again",
        codes={
            DOCKER_NOT_RUNNING: "the client is here, and no engine runs",
            DOCKER_NO_PERMISSION: "an engine runs, and this user may not use it",
            DOCKER_WRONG_ADDRESS: "the client is sent to a wrong place; an engine is elsewhere",
            DOCKER_RUN_FAILS: "with `--deep`: the engine answers, and a container does not run",
        },
        timeout=80.0,
        where="It is asked with your own settings, as you would ask, and nothing of them is changed.",
        seconds=1.0,
    )
