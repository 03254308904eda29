"""What a notebook page asks of a server: over HTTP, with its token and its cookie."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from envcheck import places
from envcheck.sentences import reasoned
from envcheck.shape import read_object
from envcheck_checks.notebook.server import websocket
from envcheck_checks.notebook.server.learners_server import Server, ServerTrouble
from envcheck_checks.notebook.server.no_answer import errors, no_answer

if TYPE_CHECKING:
    from tornado.httpclient import HTTPRequest

NEW_KERNEL_SECONDS = 15.0
ASIDE_SECONDS = 8.0
AS_THE_START = 3.0  # times what the server took to come up: a busy machine is slow at all
KERNEL = {"id": str}  # as the server tells of one that it has started


@dataclass
class Client:
    """What a page asks of a server over HTTP and WebSocket. `deadline` by the monotonic clock."""

    server: Server
    http: Any
    deadline: float

    @property
    def left(self) -> float:
        """The seconds until the deadline, at least 0.1."""
        return max(self.deadline - time.monotonic(), 0.1)

    async def answer(
        self,
        step: str,
        method: str,
        path: str,
        body: object = None,
        token: str | None = None,
        host: str = "",
    ) -> Any:
        """What the server answers, whatever it is. `host` is named in place of the address. Raises
        ServerTrouble where nothing comes.
        """
        from tornado.httpclient import HTTPRequest

        request = HTTPRequest(
            self.server.address + path,
            method=method,
            headers={**self._headers(token), **({"Host": host} if host else {})},
            body=None if method in ("GET", "DELETE") else json.dumps(body),
            request_timeout=self.left,
            connect_timeout=min(self.left, 10),
            ssl_options=self.server.secure,
            follow_redirects=token is None,
        )
        answer = await self.fetch(step, request)
        self._keep_cookie(answer.headers.get_list("Set-Cookie"))
        return answer

    async def fetch(self, step: str, request: HTTPRequest) -> Any:
        """What the server answers to this very request. Raises ServerTrouble where nothing comes."""
        try:
            return await self.http.fetch(request, raise_error=False)
        except errors() as error:
            raise no_answer(step, error) from error

    def _headers(self, token: str | None) -> dict[str, str]:
        """A page proves by a cookie that it is the server's own, where no token does."""
        proof = (
            {"Cookie": f"_xsrf={self.server.xsrf}", "X-XSRFToken": self.server.xsrf}
            if self.server.xsrf
            else {}
        )
        named = (
            {}
            if self.server.open_to_all
            else {"Authorization": f"token {self.server.token if token is None else token}"}
        )
        return {**named, **proof, "Content-Type": "application/json"}

    def _keep_cookie(self, cookies: Sequence[str]) -> None:
        for cookie in cookies if self.server.open_to_all else ():
            name, _, value = cookie.partition(";")[0].partition("=")
            if name.strip() == "_xsrf":
                self.server.xsrf = value.strip()

    async def json(
        self,
        step: str,
        method: str,
        path: str,
        body: object,
        shape: Mapping[str, Any],
    ) -> Mapping[str, Any]:
        """The object that the server answers with, of that shape. Raises ServerTrouble."""
        answer = await self.answer(step, method, path, body)
        if answer.code not in (200, 201, 204):
            raise ServerTrouble(
                step,
                reasoned(
                    f"status {answer.code} {answer.reason}",
                    answer.body[:200].decode("utf-8", "replace"),
                ),
            )
        value = read_object(answer.body or b"{}", shape)
        if value is None:
            text = answer.body[:200].decode("utf-8", "replace")
            raise ServerTrouble(step, f"it answered what it should not: {text}")
        return value

    async def refused(self, path: str) -> None:
        """Ask with a wrong token, which the server must refuse. Raises ServerTrouble where it does
        not.
        """
        answer = await self.answer("refuse a wrong token", "GET", path, token="not-the-token")
        if answer.code == 200:
            raise ServerTrouble(
                "refuse a wrong token",
                "it let a wrong token in: anybody on this machine can run code as you",
            )

    async def offered(self, kernel: str) -> str:
        """A page lets its reader choose among the kernels that the server names; others can be
        asked for by name only. The one that a new notebook gets: a page takes another where the
        server's own choice is not there.
        """
        shape = {"kernelspecs?": {object}, "default?": str}
        step = "offer the kernels"
        answer = await self.json(step, "GET", "/api/kernelspecs", None, shape)
        names = sorted(answer.get("kernelspecs") or {})
        if kernel not in names:
            raise ServerTrouble(
                f"offer the kernel `{kernel}`", f"it offers {', '.join(names) or 'none'}"
            )
        usual = answer.get("default")
        return str(usual) if usual in names else kernel

    async def starts_this_python(self, kernel: str, prefix: str) -> None:
        """A new notebook gets a kernel of another name; it is the same environment's."""
        step = f"start this Python for a new notebook, which gets the kernel `{kernel}`"
        made = await self.json(step, "POST", "/api/kernels", {"name": kernel}, KERNEL)
        seconds = min(self.left, NEW_KERNEL_SECONDS)
        try:
            started_prefix, python = await websocket.ask_kernel(
                self.server, str(made["id"]), seconds
            )
        except ServerTrouble as trouble:
            raise ServerTrouble(step, trouble.actual, late=trouble.late) from trouble
        if not places.same(started_prefix, prefix):
            raise ServerTrouble(step, f"it starts {python or 'no Python'}")


async def aside(client: Client, question: Callable[[Client], Awaitable[str]]) -> str:
    """The answer to a question that only warns, which gets a few seconds of its own. Empty where none
    comes: then nothing is told, and all that was proved stays.
    """
    seconds = max(ASIDE_SECONDS, AS_THE_START * client.server.seconds)
    own = replace(client, deadline=min(client.deadline, time.monotonic() + seconds))
    try:
        return await question(own)
    except ServerTrouble:
        return ""
