"""The one port that Jupyter may take, where it is told to try no other, and that is taken."""

from __future__ import annotations

import shutil
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, fail, places, warn
from envcheck.fixes.advice import tell
from envcheck.processes.seen import seen
from envcheck.target.interpreter import interpreter
from envcheck_checks.interference import variables
from envcheck_checks.machine.port_holder import holder, listener
from envcheck_checks.notebook.codes import JUPYTER_PORT_TAKEN
from envcheck_checks.notebook.settings import port_retries
from envcheck_checks.notebook.settings.address import FORBIDDEN, TAKEN, cannot_listen, listening

FREE_FOR_ALL = 1024  # from here on a system gives a port to any account


def diagnose(env: Environment, port: object) -> Diagnosis | None:
    """It is taken or kept back, and not by the learner's own Jupyter. `port` is what is set."""
    taken, why = _taken_for_good(env, port)
    if not taken or is_own_jupyter(env, taken):
        return None
    if why == FORBIDDEN and taken < FREE_FOR_ALL:
        return _below_all(taken)
    retries = port_retries.setting(env)
    other = (
        tell(
            "let Jupyter take another port",
            f"Take the line that sets port_retries = 0 out of {retries.file.path}.",
        )
        if retries is not None
        else variables.unset(port_retries.VARIABLE)
    )
    if why == FORBIDDEN:
        return _kept_back(taken, other, "or port_retries above 0")
    who = holder(taken)
    return fail(
        JUPYTER_PORT_TAKEN,
        f"port {taken} is taken, and Jupyter is told to take no other: it cannot start",
        other,
        tell("free that port", f"Close {who or 'the program that uses it'}, then try again."),
        found=f"{who or 'another program'} listens on port {taken}",
        wanted=f"port {taken} free, or port_retries above 0",
        looked_in=retries.file.path if retries is not None else "the variables of this terminal",
    )


def _below_all(port: int) -> Diagnosis:
    """With more tries Jupyter would take the next ones, and others near: all as little its own."""
    other = tell(
        "let Jupyter take another port",
        f"Change the port that Jupyter is told to take to one from {FREE_FOR_ALL} on, such as 8888.",
    )
    return _kept_back(port, other)


def _kept_back(port: int, other: Fix, *more: str) -> Diagnosis:
    return fail(
        JUPYTER_PORT_TAKEN,
        f"port {port} cannot be taken, and Jupyter is told to take no other: it cannot start",
        other,
        found=FORBIDDEN,
        wanted=", ".join(
            (f"a port from {FREE_FOR_ALL} on that the system gives to programs", *more)
        ),
        looked_in=f"port {port} of this machine",
    )


def warnings(env: Environment, port: object) -> list[Diagnosis]:
    """The learner's own Jupyter runs already, where it can run once only: no fault of the machine."""
    taken, _ = _taken_for_good(env, port)
    if not taken or not is_own_jupyter(env, taken):
        return []
    return [
        warn(
            JUPYTER_PORT_TAKEN,
            f"your Jupyter runs already, on port {taken}, and is told to take no other: a second one cannot start",
            tell(
                "use the one that runs",
                f"Use the page that is open, or end that Jupyter with Ctrl-C ({holder(taken)}) before you start it again.",
            ),
            found=f"{holder(taken)} listens on port {taken}",
            wanted=f"port {taken} free, or port_retries above 0",
            looked_in=f"port {taken} of this machine",
        )
    ]


def _taken_for_good(env: Environment, port: object) -> tuple[int, str]:
    """The one port that Jupyter may take, where it is taken or kept back, and which of the two; else 0."""
    if not port_retries.are_none(env):
        return 0, ""
    if not isinstance(port, int) or not port:
        return 0, ""
    why = cannot_listen(listening(env).ip, port)
    return (port, why) if why in (TAKEN, FORBIDDEN) else (0, "")


def is_own_jupyter(env: Environment, port: int) -> bool:
    """Whether the program at this port is a Jupyter of the learner's environment, by its words."""
    process = listener(port)
    if process is None:
        return False
    words: list[str] = seen(process.cmdline, [])
    if not any(name in word.lower() for word in words for name in ("jupyter", "notebook")):
        return False
    path = seen(lambda: process.environ().get("PATH", ""), "")
    program = shutil.which(words[0], path=path) or words[0]
    prefix = Path(interpreter(env).prefix)
    return any(places.within(Path(word), prefix) is not None for word in (program, *words[1:2]))
