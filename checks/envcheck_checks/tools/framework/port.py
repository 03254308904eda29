"""A free port on loopback, for a server of our own."""

from __future__ import annotations

import socket

HERE = "127.0.0.1"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind((HERE, 0))
        return int(listener.getsockname()[1])
