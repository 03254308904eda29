"""A cell run over the websocket that a notebook page uses."""

from __future__ import annotations

import asyncio
import json
import secrets
from typing import TYPE_CHECKING, Any

from envcheck.kernel_message import MESSAGE, execute_request
from envcheck.shape import read_object
from envcheck_checks.kernel.whose_python import Question
from envcheck_checks.notebook.no_answer import errors, no_answer
from envcheck_checks.notebook.server import Server, ServerTrouble

if TYPE_CHECKING:
    from tornado.httpclient import HTTPRequest


async def ask_kernel(server: Server, kernel: str, seconds: float) -> tuple[str, str]:
    """The kernel's sys.prefix and sys.executable, printed by a cell over the websocket that a
    notebook page uses.

    Raises ServerTrouble, also when no answer has come after so many seconds.
    """
    from tornado.websocket import websocket_connect

    step = "run a cell over the websocket"
    request = _request(server, kernel, seconds)
    try:
        connection = await asyncio.wait_for(
            websocket_connect(request, max_message_size=50_000_000), seconds
        )
        number = secrets.token_hex(16)
        asked = Question()
        await connection.write_message(json.dumps(execute_request(number, asked.cell)))
        return asked.answer(
            await asyncio.wait_for(_printed(connection, number, step, asked), seconds)
        )
    except errors() as error:
        late = no_answer(step, error).late
        actual = "no answer from the kernel" if late else f"the WebSocket was refused: {error}"
        raise ServerTrouble(step, actual, late=late) from error


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


async def _printed(socket: Any, number: str, step: str, asked: Question) -> str:
    text = ""
    while True:
        raw = await socket.read_message()
        if raw is None:
            raise ServerTrouble(step, "the server closed the WebSocket")
        message = read_object(raw, MESSAGE) if isinstance(raw, str) else None
        if message is None or message["parent_header"].get("msg_id") != number:
            continue
        content = message["content"]
        if message["msg_type"] == "stream" and content.get("name") == "stdout":
            text += str(content.get("text"))
        elif message["msg_type"] == "error":
            raise ServerTrouble(step, f"{content.get('ename')}: {content.get('evalue')}")
        elif (
            message["msg_type"] == "status"
            and content.get("execution_state") == "idle"
            and asked.answered(text)
        ):
            return text
