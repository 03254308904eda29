"""What a notebook page does with a running server: the page itself, a kernel, a cell over the
websocket, a saved notebook.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial

from envcheck import Environment
from envcheck.target.interpreter import interpreter
from envcheck_checks.interference.private_folders import give_settings
from envcheck_checks.notebook.launching.export import SECONDS, NotExported, export
from envcheck_checks.notebook.page.opened import Opened, opened
from envcheck_checks.notebook.page.page_proof import prove_page, read_page, trouble_of_other
from envcheck_checks.notebook.page.scripts_on_disk import lost_script
from envcheck_checks.notebook.page.told_aside import told_aside
from envcheck_checks.notebook.saving.save import save_as_page
from envcheck_checks.notebook.server.client import KERNEL, Client, aside
from envcheck_checks.notebook.server.kernel_proof import prove_kernel
from envcheck_checks.notebook.server.learners_server import Server
from envcheck_checks.notebook.settings import port

PYTHON3 = "python3"  # the kernel that ipykernel brings along


@dataclass(frozen=True)
class ServerProof:
    """What was seen of a server that did everything: `prefix` and `python` are its kernel's
    sys.prefix and sys.executable, `other` what is wrong with the page that does not open by itself,
    `not_exported` what came back instead of an exported notebook, `as_text` with what that other page
    opens a notebook as text, `dead_address` what is wrong with the address that is printed,
    `missing_file` the file that the page opens with, where it is not there.
    """

    page: int
    prefix: str
    python: str
    not_exported: NotExported | None = None
    other: str = ""
    as_text: str = ""
    dead_address: str = ""
    missing_file: str = ""


def exercise_server(env: Environment, server: Server, page: str, deadline: float) -> ServerProof:
    """What the server was seen to do: page served, wrong token refused, a kernel over REST, a cell
    over the websocket, a notebook saved and read back. Raises ServerTrouble. `deadline` by the
    monotonic clock.
    """
    give_settings(env, server.ipython)
    return asyncio.run(_exercise_server(env, server, page, deadline))


async def _exercise_server(
    env: Environment, server: Server, page: str, deadline: float
) -> ServerProof:
    lost = partial(lost_script, env)
    async with _let_in(env, server, page, deadline) as (client, opens):
        made, shown, other = await asyncio.gather(
            client.json("start a kernel", "POST", "/api/kernels", {"name": PYTHON3}, KERNEL),
            prove_page(client, opens, lost),
            aside(
                client, partial(trouble_of_other, opened=opens, lost=lost, other=both_pages(env))
            ),
        )
        if not server.open_to_all:
            await client.refused("/api/contents")
        usual = await client.offered(PYTHON3)
        await save_as_page(env, server.root or str(env.folder), client.json)
        exporter = Client(server, client.http, min(deadline, time.monotonic() + SECONDS))
        not_exported, (prefix, python) = await asyncio.gather(
            export(server, exporter.answer),
            prove_kernel(env, server, str(made["id"]), client.left),
        )
        if usual != PYTHON3:
            await client.starts_this_python(usual, prefix)
        dead, missing = await told_aside(client, opens)
    as_text = shown.as_text if both_pages(env) else ""
    return ServerProof(shown.size, prefix, python, not_exported, other, as_text, dead, missing)


def trouble_of_other_page(env: Environment, server: Server, page: str, deadline: float) -> str:
    """What is wrong with the page that does not open by itself; empty where it works. `page` is the
    one that usually opens.
    """
    return asyncio.run(_trouble_of_other_page(env, server, page, deadline))


async def _trouble_of_other_page(
    env: Environment, server: Server, page: str, deadline: float
) -> str:
    async with _let_in(env, server, page, deadline) as (client, opens):
        return await trouble_of_other(client, opens, partial(lost_script, env), other=True)


@contextlib.asynccontextmanager
async def _let_in(
    env: Environment, server: Server, page: str, deadline: float
) -> AsyncIterator[tuple[Client, Opened]]:
    """Who asks as the page does, and the page that opens. Raises ServerTrouble."""
    from tornado.httpclient import AsyncHTTPClient

    http = AsyncHTTPClient(force_instance=True, max_body_size=200_000_000)
    client = Client(server, http, deadline)
    opens = opened(server, page, port.of_theirs(env))
    try:
        if server.open_to_all:
            await read_page(client, opens)  # for its cookie
        yield client, opens
    finally:
        http.close()


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
