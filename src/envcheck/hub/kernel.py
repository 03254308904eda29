"""Something run in a user's server: a kernel of our own there, asked over its WebSocket."""

from __future__ import annotations

import asyncio
import json
import secrets
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from envcheck.hub.api import Hub, quoted
from envcheck.kernel_message import MESSAGE, execute_request
from envcheck.printable import one_line, shortened
from envcheck.sending.trouble import Trouble
from envcheck.sending.way_out import trust_of
from envcheck.shape import read_object

SPECS = {"default": str, "kernelspecs": {str: {"spec": {"language?": str}}}}
SESSION = {"id": str, "kernel": {"id": str}}
SESSIONS = {"path": str}
LARGEST = 20_000_000  # bytes of a message
LONGEST = 200  # characters of a reason
FIRST = 60.0  # seconds in which a kernel answers for the first time


@dataclass(frozen=True)
class Kernel:
    """A kernel in the server at `path`, which ends with its session."""

    hub: Hub
    path: str
    session: str
    id: str
    name: str
    mark: str = field(default_factory=lambda: secrets.token_hex(8))

    def ask(self, code: str, seconds: float) -> dict[str, Any]:
        """What `code` answers, which is an expression. Raises Trouble."""
        cell = f"import json\nprint('{self.mark}' + json.dumps({code}) + '{self.mark}')"
        return self._answered(self.run(cell, seconds))

    def run(self, cell: str, seconds: float) -> str:
        """What a cell prints. Raises Trouble."""
        try:
            return asyncio.run(asyncio.wait_for(_run(self, cell, seconds), seconds))
        except (TimeoutError, asyncio.TimeoutError):
            raise Trouble(
                f"the kernel {self.name} did not answer in {seconds:.0f} s", again=True
            ) from None

    def end(self) -> None:
        """Raises Trouble."""
        self.hub.answer("DELETE", f"{self.path}api/sessions/{quoted(self.session)}")

    def _answered(self, text: str) -> dict[str, Any]:
        _, _, rest = text.partition(self.mark)
        inner, closed, _ = rest.partition(self.mark)
        value = read_object(inner, {}) if closed else None
        if value is None:
            raise Trouble(f"the kernel {self.name} does not answer what it is asked", again=True)
        return value


def begin(hub: Hub, path: str) -> Kernel:
    """A new kernel for Python, the server's own choice where that is one. Raises Trouble."""
    specs = hub.read(f"{path}api/kernelspecs", SPECS)
    languages = {
        name: (spec["spec"].get("language") or "").lower()
        for name, spec in specs["kernelspecs"].items()
    }
    names = [specs["default"], *sorted(languages)]
    chosen = next((name for name in names if languages.get(name) == "python"), None)
    if chosen is None:
        listed = ", ".join(sorted(map(one_line, languages))) or "none"
        raise Trouble(f"the server has no kernel for Python; it has {listed}")
    asked = {
        "path": f"envcheck-{secrets.token_hex(8)}",
        "name": "envcheck",
        "type": "console",
        "kernel": {"name": chosen},
    }
    answer = hub.answer("POST", f"{path}api/sessions", asked)
    if answer.status != 201:
        reason = hub.refusal(answer).fact
        raise Trouble(f"the kernel {one_line(chosen)} did not start: {reason}")
    made = hub.value(answer, SESSION)
    return Kernel(hub, path, made["id"], made["kernel"]["id"], one_line(chosen))


async def _run(kernel: Kernel, cell: str, seconds: float) -> str:
    from tornado.httpclient import HTTPClientError
    from tornado.simple_httpclient import HTTPTimeoutError
    from tornado.websocket import WebSocketError, websocket_connect

    try:
        socket = await websocket_connect(_request(kernel, seconds), max_message_size=LARGEST)
        try:
            number = secrets.token_hex(16)
            await socket.write_message(json.dumps(execute_request(number, cell)))
            return await _printed(socket, number, kernel.name)
        finally:
            socket.close()
    except HTTPTimeoutError:
        raise TimeoutError from None
    except (HTTPClientError, WebSocketError, OSError) as error:
        raise Trouble(f"the kernel {kernel.name} is not reached: {error}", again=True) from None


def _request(kernel: Kernel, seconds: float) -> Any:
    from tornado.httpclient import HTTPRequest

    origin = kernel.hub.address.origin
    secure = _trust(kernel.hub) if origin.startswith("https:") else None
    return HTTPRequest(
        f"ws{origin.removeprefix('http')}{kernel.path}api/kernels/{quoted(kernel.id)}/channels"
        f"?session_id={kernel.mark}",
        headers={"Authorization": f"token {kernel.hub.token}"},
        connect_timeout=seconds,
        request_timeout=seconds,
        ssl_options=secure,
    )


def _trust(hub: Hub) -> ssl.SSLContext:
    """The certificates by which the hub itself was believed."""
    import certifi

    trust = trust_of(hub.variables)
    with suppress(OSError):  # ssl's own errors are OSErrors
        trust.load_verify_locations(certifi.where())
    return trust


async def _printed(socket: Any, number: str, name: str) -> str:
    text, idle, replied = "", False, False
    while not (idle and replied):
        raw = await socket.read_message()
        if raw is None:
            raise Trouble(
                f"the kernel {name} is not reached: the connection was closed", again=True
            )
        message = read_object(raw, MESSAGE) if isinstance(raw, str) else None
        if message is None or message["parent_header"].get("msg_id") != number:
            continue
        content: Mapping[str, Any] = message["content"]
        if message["msg_type"] == "stream" and content.get("name") == "stdout":
            text += str(content.get("text"))
        elif message["msg_type"] == "error":
            words = one_line(f"{content.get('ename')}: {content.get('evalue')}")
            raise Trouble(shortened(words, LONGEST))
        replied = replied or message["msg_type"] == "execute_reply"
        idle = idle or content.get("execution_state") == "idle"
    return text
