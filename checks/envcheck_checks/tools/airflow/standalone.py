"""All of Airflow, as `airflow standalone` starts it, until every part is healthy; in a private
network, for it listens everywhere.
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from envcheck import (
    Check,
    Cost,
    Diagnosis,
    Environment,
    Outcome,
    fact,
    fail,
    ok,
    skip,
    unknown,
    warn,
)
from envcheck.fixes.advice import ask_teacher, tell, typed
from envcheck.path_lists import joined
from envcheck.processes.process import Ending, Finished
from envcheck.processes.seen import available_mb
from envcheck.target.interpreter import interpreter
from envcheck.target.script import ask, source_of
from envcheck_checks.installed.reinstall import reinstall
from envcheck_checks.tools.airflow.codes import (
    AIRFLOW_COMMAND_MISSING,
    AIRFLOW_PORT_TAKEN,
    AIRFLOW_STANDALONE_FAILS,
)
from envcheck_checks.tools.airflow.home import make_home, variables_for
from envcheck_checks.tools.framework import check_page
from envcheck_checks.tools.framework.tool import not_here

# A private user, network, processes and /proc; all that is in it ends with its first process.
APART = ("unshare", "-r", "-n", "-p", "-f", "--mount-proc", "--kill-child")
SECONDS = 240.0
MEGABYTES = 1100
PORT = 8080
OURS = {
    "API__HOST": "127.0.0.1", "API__PORT": str(PORT), "API__BASE_URL": None, "API__SSL_CERT": None, "API__SSL_KEY": None,
    "CORE__EXECUTION_API_SERVER_URL": None, "WEBSERVER__WEB_SERVER_HOST": "127.0.0.1", "WEBSERVER__WEB_SERVER_PORT": str(PORT),
    "WEBSERVER__WEB_SERVER_SSL_CERT": None, "WEBSERVER__WEB_SERVER_SSL_KEY": None, "WEBSERVER__BASE_URL": None,
}  # fmt: skip
PROVES = "in a network of its own, all that `airflow standalone` starts becomes healthy: scheduler, database and the rest"
CODES: dict[str, str] = {
    AIRFLOW_COMMAND_MISSING: "this environment has no program `airflow`, which starts the parts",
    AIRFLOW_STANDALONE_FAILS: "a part of it does not become healthy",
    AIRFLOW_PORT_TAKEN: "the port of its web page is in use",
}


@dataclass(frozen=True)
class Standalone:
    """`parts` with what each said of its health; `words` are the last that were printed."""

    parts: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    megabytes: int = 0
    words: tuple[str, ...] = ()
    finished: Finished = field(default_factory=lambda: Finished((), Ending.EXITED, 0, "", "", 0.0))

    @property
    def healthy(self) -> bool:
        """Whether at least three parts answered, and each that it is healthy."""
        return len(self.parts) >= 3 and set(self.parts.values()) == {"healthy"}


@fact
def can_be_apart(env: Environment) -> bool:
    """Whether a program can be kept in a private network here."""
    program = shutil.which(APART[0], path=env.variables.get("PATH", ""))
    return program is not None and env.run([program, *APART[1:], "true"], timeout=10).ok


@fact
def memory_free(_env: Environment) -> int:
    """Memory that is free, in MB; what is needed where that is not shown, so that it is tried."""
    free = available_mb()
    return int(free) if free is not None else MEGABYTES  # not shown: tried


SAID = {"parts?": {object}, "seconds?": float, "megabytes?": int, "words?": [str]}


@fact
def standalone(env: Environment) -> Standalone:
    """How Airflow's own `standalone` did: started, watched until it is healthy, and ended whole."""
    folder, python = make_home(env, "airflow-standalone"), interpreter(env)
    ours = {f"AIRFLOW__{name}": value for name, value in OURS.items()}
    path = joined([python.scripts, env.variables.get("PATH", "")])
    answer = ask(
        env, [*APART, python.executable], source_of("envcheck_checks.in_target", "standalone.py"), str(SECONDS), shape=SAID, timeout=SECONDS + 30,
        cwd=folder, variables={**variables_for(env, folder), **ours, "PATH": path},
    )  # fmt: skip
    reply: dict[str, Any] = answer.first
    return Standalone(
        {name: str(status) for name, status in (reply.get("parts") or {}).items()},
        reply.get("seconds") or 0.0,
        reply.get("megabytes") or 0,
        tuple(reply.get("words") or ()),
        answer.finished,
    )


def airflow_standalone(airflow: Check) -> Check:
    """All parts of Airflow become healthy. About 1.1 GB of memory, for a minute: only
    with --deep.
    """
    return Check(
        id="airflow-standalone",
        title="All of Apache Airflow",
        examine=examine,
        needs=(airflow,),
        timeout=290.0,
        traits=frozenset({"deep", "server"}),
        proves=PROVES,
        cost=Cost(30.0, MEGABYTES, 300),
        page=check_page.page(
            "All of Apache Airflow",
            "what `airflow standalone` starts",
            PROVES,
            "airflow-standalone",
            CODES,
            {},
        ),
        slow_because="Airflow starts four programs, and each loads all of Airflow",
    )


def examine(env: Environment) -> Outcome:
    from envcheck_checks.tools.airflow.airflow import TOOL

    if outcome := not_here(TOOL):
        return outcome
    if not can_be_apart(env):
        return skip(
            "it listens on every network of this machine (ports 8080, 8793, 8794), and cannot be kept in one of its own here (`unshare`)"
        )
    if memory_free(env) < MEGABYTES:
        return skip(
            f"it takes {MEGABYTES / 1000:.1f} GB of memory, and {memory_free(env) / 1000:.1f} GB are free"
        )
    return _no_command(env) or judge(env, standalone(env))


def judge(env: Environment, done: Standalone) -> Outcome:
    if done.healthy:
        summary = f"{', '.join(sorted(done.parts))}: healthy after {done.seconds:.0f} s, with {done.megabytes / 1000:.1f} GB of memory"
        taken = port_taken(env)
        return ok(summary, *([taken] if taken else []))
    if done.finished.late:
        return unknown(
            "Airflow's parts were not all healthy when the run's time was over; `--timeout 300` gives them longer"
        )
    return _no_command(env, start=True) or fail(
        AIRFLOW_STANDALONE_FAILS,
        "`airflow standalone` starts, and not all of its parts become healthy",
        ask_teacher(),
        found="; ".join(f"{name}: {status}" for name, status in done.parts.items())
        or "\n".join(done.words[-4:])
        or done.finished.last_words,
        wanted=f"all healthy within {SECONDS:.0f} s",
    )


def _no_command(env: Environment, *, start: bool = False) -> Diagnosis | None:
    """It starts its parts by the name `airflow`, where `python -m airflow` needs no
    such program.
    """
    python = interpreter(env)
    program = Path(python.scripts, "airflow")
    there = os.path.isfile(program)
    if there and not (
        start and env.run([str(program), "version"], timeout=30).ending is Ending.NOT_STARTED
    ):
        return None
    owner = next(
        name for name in ("apache-airflow-core", "apache-airflow") if name in python.installed
    )
    return fail(
        AIRFLOW_COMMAND_MISSING,
        "`python -m airflow` works, and the program `airflow`, by which Airflow starts its parts, does not",
        reinstall(env, python, [owner], f"install {owner} again, which brings that program"),
        found="it cannot be started" if there else "no such file",
        wanted=str(program),
        looked_in=python.scripts,
    )


def port_taken(env: Environment) -> Diagnosis | None:
    """Something of the learner's listens where Airflow's page would be; ours was in another
    network.
    """
    port = (
        env.variables.get("AIRFLOW__API__PORT")
        or env.variables.get("AIRFLOW__WEBSERVER__WEB_SERVER_PORT")
        or str(PORT)
    )
    try:
        socket.create_connection(("127.0.0.1", int(port)), timeout=1).close()
    except (OSError, ValueError, OverflowError):
        return None
    return warn(
        AIRFLOW_PORT_TAKEN,
        f"something else listens on port {port}, where `airflow standalone` would show its page",
        tell(
            "take another port",
            typed(
                "export AIRFLOW__API__PORT=8081",
                "Type this in the terminal where you start Airflow:",
            ),
        ),
        found=f"127.0.0.1:{port} answers",
        wanted="a free port",
    )
