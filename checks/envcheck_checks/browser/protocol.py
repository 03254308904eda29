"""Numbered questions and answers, as JSON over one loopback WebSocket: what DevTools and WebDriver
BiDi have in common.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from envcheck.shape import read_object

if TYPE_CHECKING:
    from tornado.websocket import WebSocketClientConnection

START, CONNECT = BEFORE_ITS_PAGE = ("start the browser", "connect to the browser")
COMPLAINTS = 5  # how many of the page's own errors are kept


# What is read of a message, in the words of either protocol
MESSAGE: Mapping[str, Any] = {
    "result?": {},
    "method?": str,
    "params?": {
        "exceptionDetails?": {"exception?": {}},
        "entry?": {},
    },
}


class BrowserTrouble(Exception):
    """The browser did not start, or does not do what it is asked: `step` is what was tried,
    `answer` what came instead.
    """

    def __init__(self, step: str, answer: str) -> None:
        super().__init__(f"{step}: {answer}")
        self.step = step
        self.answer = answer


@dataclass
class Wire:
    """`deadline` by the monotonic clock, for everything. `complaints` are errors that the page
    itself reported.
    """

    socket: WebSocketClientConnection
    deadline: float
    complaints: list[str] = field(default_factory=list)
    _number: int = 0

    @property
    def left(self) -> float:
        """The seconds that are left, at least 0.1."""
        return max(self.deadline - time.monotonic(), 0.1)

    async def ask(
        self, method: str, params: Mapping[str, Any], **more: object
    ) -> Mapping[str, Any]:
        """The answer's result. Raises BrowserTrouble when it is an error, or does not come."""
        self._number += 1
        try:
            await self.socket.write_message(
                json.dumps({"id": self._number, "method": method, "params": params, **more})
            )
            answer = await asyncio.wait_for(self._answer(self._number, method), self.left)
        except (OSError, asyncio.TimeoutError, TimeoutError) as error:
            raise BrowserTrouble(method, "the browser does not answer") from error
        if answer.get("error"):
            raise BrowserTrouble(
                method, json.dumps([answer["error"], answer.get("message", "")])[:300]
            )
        result: Mapping[str, Any] = answer.get("result") or {}
        return result

    async def _answer(self, number: int, method: str) -> Mapping[str, Any]:
        while True:
            raw = await self.socket.read_message()
            if raw is None:
                raise BrowserTrouble(method, "the browser closed the connection")
            reply = read_object(raw, MESSAGE)
            if reply is None:
                raise BrowserTrouble(method, f"the browser sent no message: {raw[:200]!r}")
            if reply.get("id") == number:
                return reply
            self._overhear(reply)

    async def close(self) -> None:
        """After the browser has ended: what it still sent is read to its end, so that nothing stays
        open.
        """
        self.socket.close()
        with contextlib.suppress(OSError, asyncio.TimeoutError, TimeoutError):
            while await asyncio.wait_for(self.socket.read_message(), 1) is not None:
                pass

    def _overhear(self, message: Mapping[str, Any]) -> None:
        """An error inside the page, in the words of either protocol."""
        params = message.get("params") or {}
        text = ""
        if message.get("method") == "Runtime.exceptionThrown":
            details = params.get("exceptionDetails") or {}
            text = str(
                (details.get("exception") or {}).get("description") or details.get("text", "")
            )
        elif (
            message.get("method") == "Log.entryAdded"
            and (params.get("entry") or {}).get("level") == "error"
        ):
            entry = params["entry"]
            text = f"{entry.get('text', '')} {str(entry.get('url', '')).partition('?')[0]}"
        elif message.get("method") == "log.entryAdded" and params.get("level") == "error":
            text = str(params.get("text", ""))
        if text and len(self.complaints) < COMPLAINTS:
            self.complaints.append(" ".join(text.split())[:200])


async def connect(address: str, deadline: float) -> Wire:
    """The connection to the browser. Raises BrowserTrouble when the browser does not take it."""
    from tornado.httpclient import HTTPClientError, HTTPRequest
    from tornado.websocket import WebSocketError, websocket_connect

    left = max(deadline - time.monotonic(), 0.1)
    try:
        request = HTTPRequest(address, connect_timeout=left, request_timeout=left)
        socket = await asyncio.wait_for(
            websocket_connect(request, max_message_size=50_000_000), left
        )
    except (HTTPClientError, WebSocketError, OSError, asyncio.TimeoutError, TimeoutError) as error:
        raise BrowserTrouble(CONNECT, f"{type(error).__name__}: {error}") from error
    return Wire(socket, deadline)
