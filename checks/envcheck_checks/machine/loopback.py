"""127.0.0.1: every part of Jupyter talks to the others over it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TypeVar

from envcheck import Diagnosis, fail
from envcheck.fixes.advice import tell, typed
from envcheck_checks.machine.codes import LOOPBACK_DOWN

HERE = "127.0.0.1"
# What servers say of a port that another program has; Gunicorn the second, Windows the third
PORT_TAKEN = (
    "address already in use",
    "connection in use",
    "only one usage of each socket address",
)
T = TypeVar("T")


def free_port() -> int:
    """A port of loopback that was free a moment ago."""
    with socket.socket() as listener:
        listener.bind((HERE, 0))
        return int(listener.getsockname()[1])


def on_free_port(serve: Callable[[int], T], words_of: Callable[[T], str]) -> T:
    """What came of serving on a port of loopback. Seconds pass before a server takes the port that was
    free: where its words say that another program has it by then, once more on another one.
    """
    first = serve(free_port())
    words = words_of(first).casefold()
    return serve(free_port()) if any(taken in words for taken in PORT_TAKEN) else first


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
