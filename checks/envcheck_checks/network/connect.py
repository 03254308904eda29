"""Whether a connection to a host can be made, within a bound, and why not."""

from __future__ import annotations

import errno
import select
import socket
import time
from contextlib import ExitStack
from typing import Any

from envcheck_checks.index.facts import Trouble

# With the numbers that Windows gives them.
NO_WAY = {
    errno.ENETUNREACH,
    errno.EHOSTUNREACH,
    errno.EADDRNOTAVAIL,
    errno.ENETDOWN,
    10049,
    10050,
    10051,
    10065,
}
UNDER_WAY = {0, errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EAGAIN, 10035}


def connect(host: str, port: int, limit: float) -> Trouble:
    """What keeps from a connection, tried with the first address of each family at the same time.
    Finding the name takes as long as the system lets it.
    """
    try:
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return Trouble.NO_NAME
    first = {row[0]: row for row in reversed(addresses)}
    with ExitStack() as stack:
        pending, troubles = {}, [Trouble.NO_ROUTE]
        for family, kind, protocol, _, address in first.values():
            try:
                connection = stack.enter_context(socket.socket(family, kind, protocol))
                connection.setblocking(False)
                code = connection.connect_ex(address)
            except OSError as error:
                code = error.errno or 0
            if code in UNDER_WAY:
                pending[connection] = family
            else:
                troubles.append(_of_code(code))
        return _first_success(list(pending), limit, troubles)


def _first_success(pending: list[socket.socket], limit: float, troubles: list[Trouble]) -> Trouble:
    end = time.monotonic() + limit
    while pending:
        _, writable, broken = select.select([], pending, pending, max(end - time.monotonic(), 0))
        ready: set[Any] = {*writable, *broken}
        if not ready:
            return Trouble.SILENT
        for connection in ready:
            code = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if not code:
                return Trouble.NONE
            pending.remove(connection)
            troubles.append(_of_code(code))
    return next(
        (trouble for trouble in reversed(troubles) if trouble is not Trouble.NO_ROUTE),
        Trouble.NO_ROUTE,
    )


def _of_code(code: int) -> Trouble:
    if code in NO_WAY:
        return Trouble.NO_ROUTE
    return {errno.ETIMEDOUT: Trouble.SILENT, errno.ECONNRESET: Trouble.CUT}.get(
        code, Trouble.REFUSED
    )
