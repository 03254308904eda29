"""No answer came to a request: what kept it away, and whether it was waited for in vain."""

from __future__ import annotations

import asyncio

from envcheck_checks.notebook.server.learners_server import ServerTrouble

IN_TIME = "no answer in time"


def errors() -> tuple[type[Exception], ...]:
    """All that a request raises where no answer comes: one of them when the server ends meanwhile."""
    from tornado.httpclient import HTTPClientError
    from tornado.websocket import WebSocketError

    return (OSError, TimeoutError, asyncio.TimeoutError, HTTPClientError, WebSocketError)


def no_answer(step: str, error: Exception) -> ServerTrouble:
    """The trouble that one of these is. asyncio's timeout is another than Python's before 3.11, and
    tornado's is an error of HTTP like any other.
    """
    from tornado.simple_httpclient import HTTPTimeoutError

    if isinstance(error, (asyncio.TimeoutError, TimeoutError, HTTPTimeoutError)):
        return ServerTrouble(step, IN_TIME, late=True)
    return ServerTrouble(step, f"{type(error).__name__}: {error}")
