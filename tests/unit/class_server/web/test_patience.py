from __future__ import annotations

import asyncio
import socket
from typing import cast

import uvicorn
from starlette.applications import Starlette
from uvicorn.server import ServerState

from envcheck_class.web import serving
from envcheck_class.web.deadlines import Deadlines
from envcheck_class.web.patience import SILENT, Gathered, Patient
from envcheck_class.web.serving import Served


def test_an_answer_is_sent_at_once() -> None:
    """On a connection that stays open, its second piece would else wait 40 ms for the first."""
    assert asyncio.run(_sends_at_once())


async def _sends_at_once() -> bool:
    config, state = uvicorn.Config(Starlette(), loop="asyncio"), ServerState()
    config.load()
    loop = asyncio.get_running_loop()
    listening = serving.listen(Served(port=0))
    server = await loop.create_server(
        lambda: Patient(Deadlines(SILENT), config, state, {}), sock=listening
    )
    _, writer = await asyncio.open_connection(*listening.getsockname())
    while not state.connections:
        await asyncio.sleep(0.01)
    [connection] = state.connections
    own = connection.transport.get_extra_info("socket")
    answer = bool(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
    writer.close()
    connection.transport.close()
    server.close()
    return answer


class Noting:
    """What goes to the system, piece by piece."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, data: bytes) -> None:
        self.pieces.append(data)

    def close(self) -> None:
        self.pieces.append(b"closed")


def test_an_answer_is_sent_in_one_piece() -> None:
    """Its head waits for its body, but for nothing else: not for an event that comes much later, and
    not for a connection that is closed.
    """

    async def pieces() -> list[bytes]:
        noting = Noting()
        gathered = Gathered(cast("asyncio.Transport", noting), asyncio.get_running_loop())
        gathered.write(b"head ")
        gathered.write(b"body")
        gathered.write(b"the head of a stream")
        await asyncio.sleep(0)
        gathered.write(b"cut short")
        gathered.close()
        await asyncio.sleep(0)
        return noting.pieces

    assert asyncio.run(pieces()) == [
        b"head body",
        b"the head of a stream",
        b"cut short",
        b"closed",
    ]
