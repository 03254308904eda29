"""The page's own way in. Ours is a token with every question; a browser shows it once, gets a cookie for
it, and asks with that from then on.
"""

from __future__ import annotations

import http.client
import urllib.request
from collections.abc import Sequence
from http.cookiejar import CookieJar
from types import SimpleNamespace
from typing import Any, cast

from envcheck_checks.notebook.page.opened import Opened
from envcheck_checks.notebook.server.client import Client
from envcheck_checks.notebook.server.learners_server import ServerTrouble

STEP = "let the page in by its cookie"
ASKED = "/api/contents?content=0"  # no kernels: one may be on its way
REFUSED = (302, 401, 403)
XSRF = "_xsrf="  # proves whose page it is, and lets nobody in


async def prove_cookie(client: Client, opened: Opened, cookies: Sequence[str]) -> None:
    """What the page was given, as a browser keeps it, lets the page ask for the folder. A server that
    asks nobody for anything, or gives no cookie, is let alone. Raises ServerTrouble.
    """
    from tornado.httpclient import HTTPRequest

    given = [cookie for cookie in cookies if not cookie.startswith(XSRF)]
    if not given or client.server.open_to_all:
        return
    headers = {"Cookie": kept(client, opened, cookies)}
    if opened.host:
        headers["Host"] = opened.host
    request = HTTPRequest(
        client.server.address + ASKED,
        headers=headers,
        request_timeout=client.left,
        ssl_options=client.server.secure,
        follow_redirects=False,
    )
    answer = await client.fetch(STEP, request)
    if answer.code in REFUSED:
        sent = [cookie for cookie in headers["Cookie"].split("; ") if not cookie.startswith(XSRF)]
        what = "with its cookie" if any(sent) else "a browser keeps no cookie that lets it in"
        raise ServerTrouble(STEP, f"status {answer.code} {answer.reason} for {ASKED}: {what}")


def kept(client: Client, opened: Opened, cookies: Sequence[str]) -> str:
    """What a browser sends of these: not those that are over, or meant for another place. On this
    machine it sends those for https too.
    """
    base = client.server.address
    scheme, _, place = base.partition("://")
    own, slash, rest = place.partition("/")
    site = f"{scheme}://{opened.host or own}{slash}{rest}"
    message = http.client.HTTPMessage()
    for cookie in cookies:
        message["Set-Cookie"] = cookie
    jar = CookieJar()
    page = urllib.request.Request(site + opened.path)
    jar.extract_cookies(cast(Any, SimpleNamespace(info=lambda: message)), page)
    for each in jar:
        each.secure = False
    question = urllib.request.Request(site + ASKED)
    jar.clear_expired_cookies()
    jar.add_cookie_header(question)
    return question.get_header("Cookie") or ""
