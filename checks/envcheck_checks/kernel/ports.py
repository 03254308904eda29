"""Five free loopback ports for a kernel, kept for it until it listens.

A port that was free a moment ago may be anybody's when the kernel comes to it, half a second later:
of another kernel of the same class on one big machine, say, whose messages ours would then hear.
"""

from __future__ import annotations

import contextlib
import socket
import sys

NAMES = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")


class KernelPorts:
    """On Linux a socket that is bound and does not listen keeps others from being given its port,
    and lets the kernel's own sockets bind it (both with SO_REUSEADDR, which ZeroMQ sets). Elsewhere
    it would keep the kernel out, too.
    """

    def __init__(self) -> None:
        self._sockets = [socket.socket() for _ in NAMES]
        for held in self._sockets:
            held.bind(("127.0.0.1", 0))
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.numbers = {
            name: int(held.getsockname()[1])
            for name, held in zip(NAMES, self._sockets, strict=True)
        }
        if sys.platform != "linux":
            self.let_go()

    def taken(self) -> bool:
        """Asked after the kernel has ended: whether another program listens where it
        should have.
        """
        for number in self.numbers.values():
            with (
                contextlib.suppress(OSError),
                socket.create_connection(("127.0.0.1", number), timeout=0.5),
            ):
                return True
        return False

    def let_go(self) -> None:
        """The kernel listens, or has ended."""
        for held in self._sockets:
            with contextlib.suppress(OSError):
                held.close()
