"""Ports of loopback for tests: free ones that nobody gets by chance, and one that refuses."""

from __future__ import annotations

import contextlib
import random
import socket
from collections.abc import Iterator

# Below those that Linux gives to whoever asks for any (ip_local_port_range begins at 32768): a port
# that was free a moment ago is free yet.
PORTS = range(20_000, 32_000)


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens at."""
    free: list[int] = []
    for port in random.SystemRandom().sample(PORTS, len(PORTS)):
        with socket.socket() as one, contextlib.suppress(OSError):
            one.bind(("127.0.0.1", port))
            free.append(port)
        if len(free) == count:
            break
    return free


@contextlib.contextmanager
def refusing_port() -> Iterator[int]:
    """A port that is held and not listened at: who connects is refused, and nobody else gets it."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield int(held.getsockname()[1])
