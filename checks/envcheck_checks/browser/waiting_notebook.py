"""A notebook with one empty cell, which waits on a server to be opened in a browser."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

from envcheck import Environment
from envcheck.shape import ANY_OBJECT, read_value
from envcheck_checks.notebook.saving import save
from envcheck_checks.notebook.server.client import Client
from envcheck_checks.notebook.server.learners_server import Server


@dataclass(frozen=True)
class WaitingNotebook:
    """Its page's path, and whoever asks the server about its kernel."""

    path: str
    client: Client

    async def connected(self) -> bool:
        """A page is connected to the kernel, and the kernel has nothing to do."""
        response = await self.client.answer("ask for the kernels", "GET", "/api/kernels")
        if response.code != 200:
            return False
        kernels = read_value(response.body, [{"connections?": int, "execution_state?": str}])
        return any(
            (kernel.get("connections") or 0) > 0 and kernel.get("execution_state") == "idle"
            for kernel in kernels or ()
        )


@contextlib.asynccontextmanager
async def waiting_notebook(
    env: Environment, up: Server, page: str, deadline: float
) -> AsyncIterator[WaitingNotebook]:
    """A notebook with one empty cell in the learner's folder; gone afterwards."""
    from tornado.httpclient import AsyncHTTPClient

    http = AsyncHTTPClient(force_instance=True)
    client = Client(up, http, deadline)
    try:
        with save.visit(env, up.root or str(env.folder)) as there:
            body = save.content(there, "")
            where = f"/api/contents/{there.path}"
            await client.json("save a notebook", "PUT", where, body, ANY_OBJECT)
            yield WaitingNotebook(page + there.path, client)
    finally:
        http.close()
