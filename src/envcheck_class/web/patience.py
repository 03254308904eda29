"""Connections that say nothing, or say it too slowly, are closed; uvicorn alone waits for ever."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

from envcheck_class.web.deadlines import Deadlines
from envcheck_class.web.parting import Parting

SILENT = 10.0  # seconds from a connection, or a request's first byte, to the end of its headers
MOST_HEADERS = 65_536  # bytes


class Gathered:
    """A connection's transport that sends the two pieces of an answer, its head and its body, as
    one: each costs a turn to the system, and wakes who waits for it.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._head = b""

    def write(self, data: bytes) -> None:
        """The first piece waits for the second as long as nothing else is done."""
        if self._head:
            self._transport.write(self._head + data)
            self._head = b""
        else:
            self._head = data
            self._loop.call_soon(self._flush)

    def is_closing(self) -> bool:
        """Whether nothing may be written any more; asked several times for each request."""
        return self._transport.is_closing()

    def write_eof(self) -> None:
        """Send what is there first."""
        self._flush()
        self._transport.write_eof()

    def close(self) -> None:
        """Send what is there first."""
        self._flush()
        self._transport.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def _flush(self) -> None:
        if self._head:
            self._transport.write(self._head)
            self._head = b""


class Patient(Parting):
    """uvicorn's connection, with an end to its patience. `heads` is when a request's head must be
    there, of all connections.
    """

    _received = 0  # bytes since a head is waited for

    def __init__(self, heads: Deadlines, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._heads = heads

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Somebody is there: the head of a request must come in time."""
        super().connection_made(Gathered(transport, self.loop))  # type: ignore[arg-type]  # as a transport
        _send_at_once(transport)
        self._wait()

    def on_message_begin(self) -> None:
        """A request has begun: its head must be there in time."""
        super().on_message_begin()
        self._wait()

    def on_headers_complete(self) -> None:
        """The head is there; what follows has other limits."""
        self._heads.over(self)
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """Bytes came; a head that is too large is waited for no longer."""
        super().data_received(data)
        if self._heads.waits_for(self):
            self._received += len(data)
            if self._received > MOST_HEADERS:
                self._give_up()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        self._heads.over(self)
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._received = 0
        self._heads.begin(self, self._give_up)

    def _give_up(self) -> None:
        self._heads.over(self)
        if not self.transport.is_closing():
            self.transport.abort()


def _send_at_once(transport: asyncio.BaseTransport) -> None:
    """An answer is written in two pieces, and the second would wait 40 ms for the other side's word
    that the first is there: asyncio asks for that only of sockets that name their protocol.
    """
    connected = transport.get_extra_info("socket")
    if connected is not None and connected.family in (socket.AF_INET, socket.AF_INET6):
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
