"""The port that the learner's server would listen on, by a setting: one that no server can open.
Ours listens on another.
"""

from __future__ import annotations

import errno
import socket

from envcheck import Diagnosis, Environment
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.jupyter.config_files import ConfigFile, config_files
from envcheck_checks.notebook import config

FIRST_TRIED = 5  # Jupyter tries so many in a row, and then some near them


def diagnose(env: Environment, _failure: Failure) -> Diagnosis | None:
    """A port in a config file that is none, or that this account may not open. One that is taken is
    passed over by Jupyter.
    """
    file = next((file for file in config_files(env)[::-1] if _port(file) is not None), None)
    trouble = _trouble(_port(file)) if file is not None else ""
    if file is None or not trouble:
        return None
    return config.stops(
        env,
        file,
        f"the Jupyter config file sets a port {trouble}: Jupyter cannot start",
        f"port = {_port(file)!r}",
    )


def _port(file: ConfigFile) -> object:
    return file.get("port", "ServerApp", "NotebookApp")


def _trouble(port: object) -> str:
    if not isinstance(port, int):
        return "that is a text, and no number"
    if not 0 <= port <= 65535:
        return "that does not exist"
    return "that you may not open" if port and not _may_open(port) else ""


def _may_open(port: int) -> bool:
    """Whether one of those that Jupyter tries is not forbidden; whether it is free does
    not matter.
    """
    for one in range(port, min(port + FIRST_TRIED, 65536)):
        try:
            with socket.socket() as listening:
                listening.bind(("127.0.0.1", one))
        except OSError as error:
            if error.errno in (errno.EACCES, getattr(errno, "WSAEACCES", errno.EACCES)):
                continue
        return True
    return False
