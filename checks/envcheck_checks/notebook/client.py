"""What a notebook page asks of a running server: the page itself, a kernel, a cell over the
websocket, a saved notebook.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from envcheck import Environment, places
from envcheck.shape import read_object
from envcheck.target.interpreter import interpreter
from envcheck_checks.interference.private_folders import copy_ipython, private_folders
from envcheck_checks.notebook import websocket
from envcheck_checks.notebook.export import SECONDS, NotExported, export
from envcheck_checks.notebook.opened import opened
from envcheck_checks.notebook.page_proof import prove_page, read_page, trouble_of_other
from envcheck_checks.notebook.saving import save_as_page
from envcheck_checks.notebook.server import Server, ServerTrouble

PYTHON3 = "python3"  # the kernel that ipykernel brings along
NEW_KERNEL_SECONDS = 15.0
KERNEL = {"id": str}  # as the server tells of one that it has started


@dataclass(frozen=True)
class ServerProof:
    """What was seen of a server that did everything: `prefix` and `python` are its kernel's
    sys.prefix and sys.executable, `other` what is wrong with the page that does not open by itself,
    `not_exported` what came back instead of an exported notebook.
    """

    page: int
    prefix: str
    python: str
    not_exported: NotExported | None = None
    other: str = ""


def exercise_server(env: Environment, server: Server, page: str, deadline: float) -> ServerProof:
    """Page served, wrong token refused, a kernel over REST, a cell over the websocket, a notebook
    saved and read back. Raises ServerTrouble. `deadline` by the monotonic clock.
    """
    copy_ipython(private_folders(env).ipython, server.ipython)
    return asyncio.run(_exercise_server(env, server, page, deadline))


async def _exercise_server(
    env: Environment, server: Server, page: str, deadline: float
) -> ServerProof:
    from tornado.httpclient import AsyncHTTPClient

    http = AsyncHTTPClient(force_instance=True, max_body_size=200_000_000)
    client = Client(server, http, deadline)
    opens = opened(server, page)
    try:
        if server.open_to_all:
            await read_page(client, opens)  # for its cookie
        made, shown, other = await asyncio.gather(
            client.json("start a kernel", "POST", "/api/kernels", {"name": PYTHON3}, KERNEL),
            prove_page(client, opens),
            trouble_of_other(client, opens, both_pages(env)),
        )
        if not server.open_to_all:
            await client.refused("/api/contents")
        usual = await client.offered(PYTHON3)
        await save_as_page(env, server.root or str(env.folder), client.json)
        exporter = Client(server, http, min(deadline, time.monotonic() + SECONDS))
        not_exported, (prefix, python) = await asyncio.gather(
            export(server, exporter.answer),
            websocket.ask_kernel(server, str(made["id"]), client.left),
        )
        if usual != PYTHON3:
            await client.starts_this_python(usual, prefix)
    finally:
        http.close()
    return ServerProof(shown.size, prefix, python, not_exported, other)


def both_pages(env: Environment) -> bool:
    """Whether the server has Notebook's page and JupyterLab's: since Notebook 7."""
    installed = interpreter(env).installed
    notebook = installed.get("notebook")
    version = notebook.parsed_version if notebook is not None else None
    return "jupyterlab" in installed and version is not None and version.major >= 7


def shut_down(server: Server) -> None:
    """Ask the server to end, as the page's own menu does. Raises ServerTrouble."""
    asyncio.run(_shut_down(server))


async def _shut_down(server: Server) -> None:
    from tornado.httpclient import AsyncHTTPClient

    http = AsyncHTTPClient(force_instance=True)
    try:
        await Client(server, http, time.monotonic() + 15).answer(
            "shut down", "POST", "/api/shutdown"
        )
    finally:
        http.close()


@dataclass
class Client:
    """What a page asks of a server over HTTP and WebSocket. `deadline` by the monotonic clock."""

    server: Server
    http: Any
    deadline: float

    @property
    def left(self) -> float:
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
        from tornado.httpclient import HTTPClientError, HTTPRequest

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
        try:
            answer = await self.http.fetch(request, raise_error=False)
            self._keep_cookie(answer.headers.get_list("Set-Cookie"))
            return answer
        except (
            OSError,
            TimeoutError,
            HTTPClientError,
        ) as error:  # the last: the server ended meanwhile
            raise ServerTrouble(step, f"{type(error).__name__}: {error}") from error

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
                f"status {answer.code} {answer.reason}: {answer.body[:200].decode('utf-8', 'replace')}",
            )
        value = read_object(answer.body or b"{}", shape)
        if value is None:
            text = answer.body[:200].decode("utf-8", "replace")
            raise ServerTrouble(step, f"it answered what it should not: {text}")
        return value

    async def refused(self, path: str) -> None:
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
