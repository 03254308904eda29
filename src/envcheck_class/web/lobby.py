"""Before class: the one line to type, large enough for the last row, and a code for phones."""

from __future__ import annotations

import re

import segno
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from envcheck.reports.words import spoken
from envcheck_class import tokens
from envcheck_class.web import pages
from envcheck_class.web.desk import Desk

HOST = re.compile(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9A-Fa-f:]+\](:\d+)?")


async def lobby(request: Request) -> Response:
    """The page behind the join link."""
    desk: Desk = request.app.state.desk
    code = tokens.plain(request.path_params["code"])
    joined = await desk.joined(code)
    if joined is None:
        return pages.problem(404, "Nothing here", "This link opens no class.")
    of, _ = joined
    link = f"{address(request, desk)}/{code}"
    drawn = segno.make(link, error="m").svg_inline(
        border=3, dark="#000", light="#fff", omitsize=True
    )
    return await pages.page(
        "lobby.html.jinja",
        name=of.name,
        about=f"{of.course}, {spoken(of.chapter)}",
        closed=of.closed is not None,
        line=f"envcheck {of.chapter} --join {link}",
        keeps="a day" if of.keeps_days == 1 else f"{of.keeps_days} days",
        drawn=Markup(drawn),  # made of a link that we made
    )


def address(request: Request, desk: Desk) -> str:
    """How the learner reached us, where nobody has said how they do."""
    if desk.front.address:
        return desk.front.address
    scheme = "https" if desk.front.secure else "http"
    return f"{scheme}://{_host(request, desk)}"


def _host(request: Request, desk: Desk) -> str:
    """As the learner typed it: a proxy may ask us under another name, and then says theirs."""
    names = [request.headers.get("host", "")]
    if desk.front.proxied:
        names.insert(0, request.headers.get("x-forwarded-host", "").partition(",")[0].strip())
    return next((name for name in names if HOST.fullmatch(name)), "localhost")
