"""The port that the learner's server would listen on, by a setting: one that no server can open, or
the only one that it may take, and taken. Ours listens on another.
"""

from __future__ import annotations

import errno
import shutil
import socket
from pathlib import Path

from envcheck import Diagnosis, Environment, fail, places, warn
from envcheck.digits import whole_number
from envcheck.fixes.advice import tell
from envcheck.processes.seen import seen
from envcheck.target.interpreter import interpreter
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.interference import variables
from envcheck_checks.jupyter.settings import Setting, in_force, may_set
from envcheck_checks.machine.port_holder import holder, listener
from envcheck_checks.notebook import config, port_retries
from envcheck_checks.notebook.address import TAKEN, cannot_listen, listening
from envcheck_checks.notebook.codes import JUPYTER_PORT_INVALID, JUPYTER_PORT_TAKEN
from envcheck_checks.notebook.opened import USUAL_PORT

FIRST_TRIED = 5  # Jupyter tries so many in a row, and then some near them
HIGHEST = 65535


def diagnose(env: Environment, _failure: Failure) -> Diagnosis | None:
    """A port that is none, or that this account may not open. One that is taken is passed over by
    Jupyter, unless it is told to try no other.
    """
    setting = in_force(env, "port")
    trouble = _trouble(setting.value) if setting is not None else ""
    if setting is None or not trouble:
        return _invalid_variable(env, setting) or _only_one_and_taken(env, setting)
    return config.stops(
        env,
        setting.file,
        f"the Jupyter config file sets a port {trouble}: Jupyter cannot start",
        f"port = {setting.value!r}",
    )


def of_theirs(env: Environment) -> int:
    """The first port that the learner's own server would try."""
    setting = in_force(env, "port") if may_set(env, "port") else None
    number = setting.value if setting is not None else _by_variable(env)
    return number if isinstance(number, int) and 0 < number <= HIGHEST else USUAL_PORT


def _by_variable(env: Environment) -> int | None:
    """Read only where no file sets one. None where it is no number: set to nothing, or to
    `tcp://10.96.0.1:8888`, by Kubernetes for a service that is called `jupyter`.
    """
    return whole_number(env.variables.get("JUPYTER_PORT", str(USUAL_PORT)))


def _invalid_variable(env: Environment, setting: Setting | None) -> Diagnosis | None:
    """JUPYTER_PORT is no port; Jupyter reads it only where no file sets one."""
    number, port = env.variables.get("JUPYTER_PORT", ""), _by_variable(env)
    if setting is not None or (port is not None and 0 <= port <= HIGHEST):
        return None
    return fail(
        JUPYTER_PORT_INVALID,
        "JUPYTER_PORT is set and is not a port number: Jupyter cannot start",
        variables.unset("JUPYTER_PORT"),
        found=f"JUPYTER_PORT={number}",
        wanted="a number up to 65535, or JUPYTER_PORT not set",
        looked_in="the variables of this terminal",
    )


def _only_one_and_taken(env: Environment, setting: Setting | None) -> Diagnosis | None:
    taken = _taken_for_good(env, setting)
    if not taken or is_own_jupyter(env, taken):
        return None
    retries = port_retries.setting(env)
    other = (
        tell(
            "let Jupyter take another port",
            f"Take the line that sets port_retries = 0 out of {retries.file.path}.",
        )
        if retries is not None
        else variables.unset(port_retries.VARIABLE)
    )
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


def warnings(env: Environment) -> list[Diagnosis]:
    """The learner's own Jupyter runs already, where it can run once only: no fault of the machine."""
    taken = _taken_for_good(env, in_force(env, "port"))
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


def _taken_for_good(env: Environment, setting: Setting | None) -> int:
    """The one port that Jupyter may take, where it is taken; else 0."""
    if not port_retries.are_none(env):
        return 0
    number = setting.value if setting is not None else _by_variable(env)
    if not isinstance(number, int) or not number:
        return 0
    return number if cannot_listen(listening(env).ip, number) == TAKEN else 0


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


def _trouble(port: object) -> str:
    if not isinstance(port, int):
        return "that is a text, and no number"
    if not 0 <= port <= HIGHEST:
        return "that does not exist"
    return "that you may not open" if port and not _may_open(port) else ""


def _may_open(port: int) -> bool:
    """Whether one of those that Jupyter tries is not forbidden; whether it is free does
    not matter.
    """
    for number in range(port, min(port + FIRST_TRIED, HIGHEST + 1)):
        try:
            with socket.socket() as tried:
                tried.bind(("127.0.0.1", number))
        except OSError as error:
            if error.errno == errno.EACCES:  # Windows' WSAEACCES too: CPython gives it this number
                continue
        return True
    return False
