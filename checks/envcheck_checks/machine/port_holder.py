"""Which program has a port of this machine."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from envcheck.processes.seen import processes, seen

if TYPE_CHECKING:
    import psutil


def holder(port: int) -> str:
    """The program that listens there, as far as this account may know."""
    process = listener(port)
    name = seen(process.name, "") if process is not None else ""
    return f"`{name}` (process {process.pid})" if process is not None and name else ""


def listener(port: int) -> psutil.Process | None:
    """The process that listens there; None where this account may not know."""
    import psutil

    with contextlib.suppress(psutil.Error, OSError, RuntimeError):
        for connection in psutil.net_connections("tcp"):
            if (
                connection.status == psutil.CONN_LISTEN
                and connection.laddr[1:2] == (port,)
                and connection.pid
            ):
                return psutil.Process(connection.pid)
        return None
    # macOS tells everything to root alone, and everybody of their own programs (psutil's page).
    for process in processes():
        with contextlib.suppress(psutil.Error, OSError, RuntimeError):
            ask = (
                getattr(process, "net_connections", None) or process.connections
            )  # before psutil 6
            for own in ask("tcp"):
                if own.status == psutil.CONN_LISTEN and own.laddr[1:2] == (port,):
                    return process
    return None
