"""The page that opens shows a notebook: read over HTTP, with its scripts, its settings, and its own
list of what is turned off.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from envcheck.sentences import reasoned
from envcheck.shape import read_object
from envcheck_checks.notebook.page import kernels_elsewhere, opened_as_text, page_headers, shown
from envcheck_checks.notebook.page.login import prove_cookie
from envcheck_checks.notebook.page.opened import Opened, within
from envcheck_checks.notebook.page.opened_as_text import OpensText
from envcheck_checks.notebook.page.shown import Page
from envcheck_checks.notebook.server.client import Client
from envcheck_checks.notebook.server.learners_server import ServerTrouble

SCRIPTS = 3  # of a page are asked for
Lost = Callable[[Page], str]
OTHERS = {"/tree": "/lab", "/lab": "/tree"}  # JupyterLab's beside Notebook's, and the other way


class CoreTurnedOff(ServerTrouble):
    """Parts without which no notebook opens are turned off, by the page's own list."""

    def __init__(self, path: str, names: list[str]) -> None:
        super().__init__(f"show a notebook in the page {path}", f"turned off: {', '.join(names)}")
        self.names = tuple(names)


async def prove_page(client: Client, opened: Opened, lost: Lost) -> Page:
    """The page is one of Jupyter's, its scripts are there, so are its settings, and it looks for
    kernels where somebody is. `lost` says which script it would miss. Raises ServerTrouble.
    """
    page = await _whole_page(client, opened, lost)
    viewer = opened_as_text.viewer_of(await _settings(client, page))
    if viewer and page.is_lab:  # Notebook's own page goes by the name of the file
        raise OpensText(viewer)
    await prove_cookie(client, opened, page.cookies)
    own = opened.at_their_port("/", secure=client.server.secure is not None)
    await kernels_elsewhere.reach(page, own)
    return replace(page, as_text=viewer)


async def _whole_page(client: Client, opened: Opened, lost: Lost) -> Page:
    page = await read_page(client, opened)
    if off := shown.core_turned_off(page.config):
        raise CoreTurnedOff(opened.path, off)
    await asyncio.gather(*(_script(client, path) for path in page.scripts[:SCRIPTS]))
    if script := lost(page):
        raise ServerTrouble("serve the page's scripts", script)
    return page


async def read_page(client: Client, opened: Opened) -> Page:
    """The page that an address gives, as the browser asks for it, by the host's name, and that the
    browser shows, by what its headers say.
    """
    step = f"serve the page {opened.path}"
    answer = await client.answer(step, "GET", opened.path, host=opened.host)
    text = (answer.body or b"").decode("utf-8", "replace")
    if answer.code != 200:
        raise ServerTrouble(
            step, f"status {answer.code} {answer.reason} for {opened.host}{opened.path}"
        )
    try:
        page = shown.read(text)
    except ValueError as error:
        raise ServerTrouble(step, str(error)) from error
    address = opened.at_their_port(opened.path, secure=client.server.secure is not None)
    if trouble := page_headers.trouble_of_page(answer.headers, address, page, text):
        raise ServerTrouble(f"show the page {opened.path}", trouble)
    return replace(page, cookies=tuple(answer.headers.get_list("Set-Cookie")))


async def trouble_of_other(client: Client, opened: Opened, lost: Lost, *, other: bool) -> str:
    """What is wrong with the page that does not open by itself; empty where there is none. Both
    pages have the same settings. Raises ServerTrouble where it was waited for in vain.
    """
    path = OTHERS.get(opened.path.rstrip("/"), "")
    if not path or not other:
        return ""
    try:
        await _whole_page(client, replace(opened, path=path), lost)
    except ServerTrouble as trouble:
        if trouble.late:
            raise
        return f"{path}: {trouble.actual}"
    return ""


async def _script(client: Client, path: str) -> None:
    step = "serve the page's scripts"
    answer = await client.answer(step, "GET", within(client.server, path))
    if answer.code != 200 or not answer.body:
        raise ServerTrouble(step, f"status {answer.code} {answer.reason} for {path}")
    if trouble := page_headers.trouble_of_script(answer.headers):
        raise ServerTrouble(step, f"{path.partition('?')[0]}: {trouble}")


async def _settings(client: Client, page: Page) -> str:
    """What the page's parts are told by the server; without them it stays empty. An old page asks
    for none.
    """
    path = page.config.get("settingsUrl")
    if not isinstance(path, str) or not path.startswith("/"):
        return ""
    step = "serve the page's settings"
    answer = await client.answer(step, "GET", within(client.server, path))
    text = (answer.body or b"").decode("utf-8", "replace")
    if answer.code != 200:
        raise ServerTrouble(
            step, reasoned(f"status {answer.code} {answer.reason}", shown.words(text))
        )
    settings = read_object(text, {"settings": object})
    if not settings or not settings.get("settings"):
        raise ServerTrouble(step, f"it names none: {text[:200]}")
    return text
