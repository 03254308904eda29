"""Which cookies a browser keeps of a page, and what the server says to the page with them."""

from __future__ import annotations

import asyncio
import time
from types import SimpleNamespace
from typing import Any, cast

import pytest

from envcheck_checks.notebook.page import login
from envcheck_checks.notebook.page.opened import Opened
from envcheck_checks.notebook.server.client import Client
from envcheck_checks.notebook.server.learners_server import ServerTrouble

OPENS = Opened("/tree", "localhost:8899")
IN = "username-localhost-8899=abc; expires=Tue, 29 Dec 2099 08:00:00 GMT; HttpOnly; Path=/"
XSRF = "_xsrf=1; Path=/"


class Site:
    """A server that lets in whoever has its cookie."""

    def __init__(self, *, open_to_all: bool = False, fails: bool = False) -> None:
        address = "http://127.0.0.1:8899"
        self.server = SimpleNamespace(address=address, secure=None, open_to_all=open_to_all)
        self.fails = fails
        self.asked: list[str] = []

    async def fetch(self, request: Any, raise_error: bool) -> object:
        assert not raise_error
        if self.fails:
            raise ConnectionRefusedError("ended")
        self.asked.append(request.url)
        assert request.headers["Host"] == OPENS.host
        code = 200 if "username-localhost-8899=abc" in request.headers["Cookie"] else 403
        return SimpleNamespace(code=code, reason="Forbidden" if code == 403 else "OK")

    def prove(self, *cookies: str) -> None:
        client = Client(cast(Any, self.server), self, time.monotonic() + 5)
        asyncio.run(login.prove_cookie(client, OPENS, cookies))


@pytest.mark.parametrize(
    "cookie",
    [IN, IN.replace("HttpOnly", "Secure"), IN.replace("/", "/api"), IN + "; SameSite=Strict"],
)
def test_a_cookie_that_lets_the_page_in(cookie: str) -> None:
    site = Site()
    site.prove(XSRF, cookie)
    assert site.asked == [f"http://127.0.0.1:8899{login.ASKED}"]


@pytest.mark.parametrize(
    "cookie",
    [
        IN.replace("2099", "2001"),
        f"{IN}; Max-Age=0",
        IN.replace("Path=/", "Path=/hub/"),
        f"{IN}; Domain=campus.example.org",
    ],
)
def test_one_that_a_browser_does_not_keep(cookie: str) -> None:
    with pytest.raises(
        ServerTrouble, match=r"status 403 Forbidden for /api/contents.*: a browser keeps"
    ):
        Site().prove(cookie)
    with pytest.raises(ServerTrouble, match="keeps no cookie"):
        Site().prove(cookie, XSRF)
    with pytest.raises(ServerTrouble, match="with its cookie"):
        Site().prove(IN.replace("abc", "another"))


def test_where_nobody_needs_one() -> None:
    for site, cookies in ((Site(), ()), (Site(), (XSRF,)), (Site(open_to_all=True), (IN,))):
        site.prove(*cookies)
        assert site.asked == []


def test_a_server_that_ends_meanwhile() -> None:
    with pytest.raises(ServerTrouble, match="ConnectionRefusedError"):
        Site(fails=True).prove(IN)
