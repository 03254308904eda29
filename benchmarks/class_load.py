"""Reports sent as fast as the servers take them, over connections that stay open."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

CONNECTIONS = 32
MANY = 128  # so many wait that a server is never without work while a disk keeps it waiting


@dataclass(frozen=True)
class Round:
    """Reports a second, and seconds under which 99 of 100 answers came."""

    rate: float
    p99: float


def send(ports: Sequence[int], sent: Sequence[bytes], connections: int = CONNECTIONS) -> Round:
    """Send these requests, the connections spread over the ports. Every one must be new."""
    return asyncio.run(_send(ports, sent, connections))


async def _send(ports: Sequence[int], sent: Sequence[bytes], connections: int) -> Round:
    queue = [*reversed(sent)]
    took: list[float] = []

    async def one(port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while queue:
            began = time.perf_counter()
            writer.write(queue.pop())
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 201"), head
            length = re.search(rb"content-length: (\d+)", head)
            assert length
            await reader.readexactly(int(length[1]))
            took.append(time.perf_counter() - began)
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(one(ports[number % len(ports)]) for number in range(connections)))
    seconds = time.perf_counter() - began
    return Round(len(sent) / seconds, sorted(took)[int(0.99 * len(took))])
