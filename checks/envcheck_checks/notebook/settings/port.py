"""The port that the learner's server would listen on, by a setting: one that no server can open, or
the only one that it may take, and taken. Ours listens on another.
"""

from __future__ import annotations

import errno
import socket

from envcheck import Diagnosis, Environment, fail
from envcheck.digits import whole_number
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.interference import variables
from envcheck_checks.jupyter.settings import Setting, in_force, may_set
from envcheck_checks.notebook.codes import JUPYTER_PORT_INVALID
from envcheck_checks.notebook.settings import config, only_port

USUAL_PORT = 8888
FIRST_TRIED = 5  # Jupyter tries so many in a row, and then some near them
HIGHEST = 65535


def diagnose(env: Environment, _failure: Failure) -> Diagnosis | None:
    """A port that is none, or that this account may not open. One that is taken is passed over by
    Jupyter, unless it is told to try no other.
    """
    setting = in_force(env, "port")
    trouble = _trouble(setting.value) if setting is not None else ""
    if setting is None or not trouble:
        return _invalid_variable(env, setting) or only_port.diagnose(env, _number(setting, env))
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


def warnings(env: Environment) -> list[Diagnosis]:
    """The learner's own Jupyter runs already, where it can run once only."""
    return only_port.warnings(env, _number(in_force(env, "port"), env))


def _number(setting: Setting | None, env: Environment) -> object:
    return setting.value if setting is not None else _by_variable(env)


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
