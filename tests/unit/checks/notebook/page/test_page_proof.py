"""The page that opens, asked of a server that is described."""

from __future__ import annotations

import asyncio
import json
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tornado.httputil import HTTPHeaders

from envcheck_checks.notebook.page.opened import Opened
from envcheck_checks.notebook.page.opened_as_text import PLUGIN, OpensText
from envcheck_checks.notebook.page.page_proof import CoreTurnedOff, prove_page, trouble_of_other
from envcheck_checks.notebook.server.client import Client
from envcheck_checks.notebook.server.learners_server import ServerTrouble

TREE = Opened("/tree", "localhost:8888")
TYPES = ("text/html; charset=UTF-8", "text/javascript")
SETTINGS = '{"settings": [{"id": "a"}]}'


def page(name: str, **config: object) -> str:
    told = json.dumps({"settingsUrl": "/lab/api/settings", **config})
    return (
        f'<script id="jupyter-config-data">{told}</script><script src="/static/{name}.js"></script>'
    )


class Site:
    """A server with these answers, by path; a number is a status."""

    def __init__(self, **changed: str | int) -> None:
        whole = {"tree": page("tree"), "lab": page("lab"), "settings": SETTINGS, "js": "let a;"}
        self.answers: dict[str, str | int] = {**whole, **changed}
        self.server = SimpleNamespace(address="http://127.0.0.1:8888", secure=None)
        self.headers: dict[str, dict[str, str]] = {}
        self.hosts: list[str] = []

    async def answer(self, _step: str, _method: str, path: str, host: str = "") -> object:
        self.hosts.append(host)
        name = "js" if path.endswith(".js") else path.rpartition("/")[2]
        said = self.answers[name]
        code = said if isinstance(said, int) else 200
        body = said.encode() if isinstance(said, str) else b"<h1>no</h1>"
        headers = HTTPHeaders({"Content-Type": TYPES[name == "js"], **self.headers.get(name, {})})
        return SimpleNamespace(code=code, reason="said so", body=body, headers=headers)

    @property
    def client(self) -> Client:
        return cast(Client, cast(Any, self))


def all_there(_page: object) -> str:
    return ""


def proved(site: Site) -> object:
    return asyncio.run(prove_page(site.client, TREE, all_there))


def test_a_page_that_works_is_asked_for_by_the_name_that_is_printed() -> None:
    site = Site()
    assert proved(site)
    assert site.hosts[0] == "localhost:8888"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"tree": 404}, "status 404"),
        ({"tree": 403}, "localhost:8888/tree"),
        ({"tree": "<h2>assets not found</h2>"}, "assets not found"),
        ({"js": 404}, "/static/tree.js"),
        ({"js": ""}, "/static/tree.js"),
        ({"settings": 500}, "status 500"),
        ({"settings": '{"settings": []}'}, "names none"),
        ({"settings": "no JSON"}, "names none"),
    ],
)
def test_what_shows_no_notebook(changed: dict[str, str | int], words: str) -> None:
    with pytest.raises(ServerTrouble, match=words):
        proved(Site(**changed))


def test_a_script_that_only_its_scripts_load() -> None:
    """Of the page that opens, and of the other."""
    core = "notebook/static/core.js: 5 of 10 bytes"
    with pytest.raises(ServerTrouble, match=core):
        asyncio.run(prove_page(Site().client, TREE, lambda _page: core))
    told = trouble_of_other(Site().client, TREE, lambda _page: core, other=True)
    assert asyncio.run(told) == f"/lab: {core}"


def test_a_part_that_is_turned_off() -> None:
    off = "@jupyterlab/notebook-extension"
    with pytest.raises(CoreTurnedOff) as trouble:
        proved(Site(tree=page("tree", disabledExtensions=[off])))
    assert trouble.value.names == (off,)


def test_the_page_that_does_not_open() -> None:
    """Told of and not raised; not asked for where there is only one."""

    def trouble(site: Site, *, other: bool = True, opens: Opened = TREE) -> str:
        return asyncio.run(trouble_of_other(site.client, opens, all_there, other=other))

    assert trouble(Site()) == ""
    assert trouble(Site(lab=500)).startswith("/lab: status 500")
    assert trouble(Site(lab=500), other=False) == ""
    assert trouble(Site(lab=500), opens=Opened("/nbclassic/tree")) == ""


def test_the_page_that_does_not_open_is_on_their_port_too() -> None:
    """A policy that names it, and no other port, keeps nothing of theirs away."""
    site = Site()
    for name in ("lab", "tree"):
        site.headers[name] = {
            "Content-Security-Policy": "script-src http://localhost:9999 'unsafe-eval'"
        }
    theirs = Opened("/tree", "localhost:41234", 9999)
    assert asyncio.run(trouble_of_other(site.client, theirs, all_there, other=True)) == ""
    assert "/static/lab.js" in asyncio.run(
        trouble_of_other(
            site.client, Opened("/tree", "localhost:41234", 8888), all_there, other=True
        )
    )


@pytest.mark.parametrize(
    ("name", "headers", "words"),
    [
        ("tree", {"Content-Type": "text/plain"}, "does not take it for a page"),
        ("tree", {"Content-Security-Policy": "script-src 'none'"}, "/static/tree.js"),
        (
            "js",
            {"Content-Type": "text/plain", "X-Content-Type-Options": "nosniff"},
            "tree.js: a browser",
        ),
    ],
)
def test_what_a_browser_does_not_show(name: str, headers: dict[str, str], words: str) -> None:
    """Though all of it is served as it should be."""
    site = Site()
    site.headers[name] = headers
    with pytest.raises(ServerTrouble, match=words):
        proved(site)


def test_notebooks_that_jupyterlab_opens_as_text() -> None:
    """It fails where JupyterLab is what opens; the other page opens them by their name."""
    viewers = {"defaultViewers": {"notebook": "Editor"}}
    told = {"settings": [{"id": PLUGIN, "settings": viewers}]}
    site = Site(settings=json.dumps(told), lab=page("lab", appNamespace="lab"))
    assert asyncio.run(prove_page(site.client, TREE, all_there)).as_text == "Editor"
    with pytest.raises(OpensText):
        asyncio.run(prove_page(site.client, Opened("/lab", "localhost:8888"), all_there))
