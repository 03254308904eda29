"""An answer that is given before all of a request was read, such as that it is too large, must still
arrive: a system that closes a connection with bytes unread throws away what the other side has not
read yet. So the server ends its own half, and reads on for a moment (RFC 9112, section 9.6).
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

LONGEST = 2.0  # seconds for the other side to read the answer and to close


class Unhurried:
    """A connection's transport whose protocol says whether there is more to come when it closes."""

    def __init__(self, transport: asyncio.Transport, protocol: Parting) -> None:
        self._transport, self._protocol = transport, protocol
        self._parting: asyncio.TimerHandle | None = None
        self.write = transport.write  # for every answer; the rest is found by __getattr__

    def close(self) -> None:
        """At once where all was read; a second call does not wait either."""
        if self._parting is not None or self._transport.is_closing() or self._protocol.has_read_all:
            self.gone()
            self._transport.close()
            return
        self._parting = self._protocol.loop.call_later(LONGEST, self._transport.abort)
        if self._transport.can_write_eof():  # TLS has no half of a connection: it only waits
            self._transport.write_eof()
        self._transport.resume_reading()

    def is_closing(self) -> bool:
        """Whether nothing may be written any more."""
        return self._parting is not None or self._transport.is_closing()

    def gone(self) -> None:
        """The other side has closed."""
        if self._parting is not None:
            self._parting.cancel()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class Parting(HttpToolsProtocol):
    """uvicorn's connection, which lets the other side read its last answer."""

    _malformed = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Somebody is there."""
        self._unhurried = Unhurried(transport, self)
        super().connection_made(self._unhurried)  # type: ignore[arg-type]  # as a transport

    @property
    def has_read_all(self) -> bool:
        """Whether the request ended where it should: nothing of it is still to come."""
        cycle: RequestResponseCycle | None = self.cycle  # none before the first request
        return not self._malformed and (cycle is None or not cycle.more_body)

    def data_received(self, data: bytes) -> None:
        """What comes after the last answer is not looked at."""
        if not self.transport.is_closing():
            super().data_received(data)

    def send_400_response(self, msg: str) -> None:
        """What came is no request; where it ends cannot be told."""
        self._malformed = True
        super().send_400_response(msg)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        self._unhurried.gone()
        super().connection_lost(exc)
