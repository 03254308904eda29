"""A cell run over the websocket that a notebook page uses."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from envcheck.kernel_message import MESSAGE, execute_request
from envcheck.shape import read_object
from envcheck_checks.kernel.answers import Answer
from envcheck_checks.kernel.whose_python import Question
from envcheck_checks.notebook.server.learners_server import Server, ServerTrouble
from envcheck_checks.notebook.server.no_answer import errors, no_answer

if TYPE_CHECKING:
    from tornado.httpclient import HTTPRequest

STEP = "run a cell over the websocket"


async def ask_kernel(server: Server, kernel: str, seconds: float) -> tuple[str, str]:
    """The kernel's sys.prefix and sys.executable, printed by a cell over the websocket that a
    notebook page uses.

    Raises ServerTrouble, also when no answer has come after so many seconds.
    """
    asked = Question()
    answer = await answer_of(server, kernel, asked.cell, seconds, asked.answered)
    if answer.error:
        raise ServerTrouble(STEP, ": ".join(answer.error))
    return asked.answer("".join(answer.text))


async def answer_of(
    server: Server,
    kernel: str,
    cell: str,
    seconds: float,
    enough: Callable[[str], bool] = lambda text: True,
) -> Answer:
    """What came back of a cell over that websocket, until its kernel is idle again and what it
    printed is enough. Raises ServerTrouble.
    """
    from tornado.websocket import websocket_connect

    request = _request(server, kernel, seconds)
    answer = Answer(secrets.token_hex(16), lambda text: None)
    try:
        connection = await asyncio.wait_for(
            websocket_connect(request, max_message_size=50_000_000), seconds
        )
        await connection.write_message(json.dumps(execute_request(answer.request, cell)))
        await asyncio.wait_for(_heard(connection, answer, enough), seconds)
        connection.close()
    except errors() as error:
        late = no_answer(STEP, error).late
        actual = "no answer from the kernel" if late else f"the WebSocket was refused: {error}"
        raise ServerTrouble(STEP, actual, late=late) from error
    return answer


def _request(server: Server, kernel: str, seconds: float) -> HTTPRequest:
    from tornado.httpclient import HTTPRequest

    address = server.address.removeprefix("http")
    # A server answers once its kernel has: both limits are ours, tornado's own is 20 s.
    return HTTPRequest(
        f"ws{address}/api/kernels/{kernel}/channels?session_id={secrets.token_hex(8)}",
        headers={"Authorization": f"token {server.token}"},
        connect_timeout=seconds,
        request_timeout=seconds,
        ssl_options=server.secure,
    )


async def _heard(socket: Any, answer: Answer, enough: Callable[[str], bool]) -> None:
    while not (answer.error or (answer.idle and enough("".join(answer.text)))):
        raw = await socket.read_message()
        if raw is None:
            raise ServerTrouble(STEP, "the server closed the WebSocket")
        if isinstance(raw, str):
            answer.hear(read_object(raw, MESSAGE))
