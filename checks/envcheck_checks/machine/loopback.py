"""127.0.0.1: every part of Jupyter talks to the others over it."""

from __future__ import annotations

import socket

from envcheck import Diagnosis, fail
from envcheck.fixes.advice import tell, typed
from envcheck_checks.machine.codes import LOOPBACK_DOWN

HERE = "127.0.0.1"


def free_port() -> int:
    """A port of loopback that was free a moment ago."""
    with socket.socket() as listener:
        listener.bind((HERE, 0))
        return int(listener.getsockname()[1])


def diagnose() -> Diagnosis | None:
    """Whether this machine can talk to itself, tried with one connection."""
    try:
        with socket.socket() as server:
            server.bind(("127.0.0.1", 0))
            server.listen(1)
            with socket.create_connection(server.getsockname(), timeout=3):
                return None
    except OSError as error:
        return fail(
            LOOPBACK_DOWN,
            "this machine cannot talk to itself over 127.0.0.1 (the loopback network): Jupyter's parts cannot reach each other",
            tell(
                "allow loopback",
                "Allow connections to 127.0.0.1 in your firewall.",
                typed("sudo ip link set lo up", "On Linux:"),
            ),
            found=str(error.strerror or error),
            wanted="a connection to 127.0.0.1",
            looked_in="the loopback network",
        )
