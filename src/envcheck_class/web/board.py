"""The class's page and its live parts."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import urlencode

import anyio.to_thread
from markupsafe import escape
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from envcheck.classroom import data
from envcheck.printable import one_line
from envcheck_class.store.classes import Class
from envcheck_class.store.database import AWAY
from envcheck_class.web import answers, login, pages, view
from envcheck_class.web.desk import Desk
from envcheck_class.web.login import Inside
from envcheck_class.web.looked_for import called_so
from envcheck_class.web.looks import Look
from envcheck_class.web.wall import wall

STEP = 0.5  # seconds between two looks for something new
BEAT = 30  # looks after which a page is told that the connection lives
LONGEST_FIND = 64  # letters
# What stands for each viewer's own in a page that is made for all; no report can know it.
ME, CSRF = (secrets.token_hex(16) for _ in range(2))


async def board(request: Request) -> Response:
    """Who needs somebody, what they meet, who is ready."""
    who = await login.inside(request)
    if who is None:
        return login.to_login()
    desk: Desk = request.app.state.desk
    seen = await look(request, who.of)
    projector = request.url.path == "/projector"
    draw = wall if projector else view.content
    content = await seen.once(draw.__name__, lambda: _content(seen, desk, draw))
    find = one_line(request.query_params.get("find", ""))[:LONGEST_FIND]
    if find and not projector:
        return await anyio.to_thread.run_sync(_called, seen, content, find, who)
    part = request.url.path
    shown = f"{part} of {'instructor' if who.is_instructor else 'helper'}"
    page = await seen.once(shown, lambda: _shared(content, part, who))
    return pages.answer(
        page.replace(ME, str(escape(who.session.name))).replace(CSRF, who.session.csrf)
    )


def _content(seen: Look, desk: Desk, draw: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    about = draw(seen.seen, seen.of, desk.catalogue, time.time())
    return {**about, "version": seen.version}


def _shared(content: dict[str, Any], part: str, who: Inside) -> str:
    """The page of everybody who may do the same, without what is each one's own."""
    return pages.text(
        "board.html.jinja",
        **content,
        is_instructor=who.is_instructor,
        me=ME,
        csrf=CSRF,
        projector=part == "/projector",
        find="",
        called_so=None,
        part=part,
    )


def _called(seen: Look, content: dict[str, Any], find: str, who: Inside) -> Response:
    """The page with who is called so on top."""
    page = pages.text(
        "board.html.jinja",
        **content,
        **who.own(),
        projector=False,
        find=find,
        called_so=called_so(seen.seen, find),
        part=f"/?{urlencode({'find': find})}",
    )
    return pages.answer(page)


async def look(request: Request, of: Class) -> Look:
    """The class as it is now; nothing is missing that was kept when this was asked."""
    desk: Desk = request.app.state.desk
    return await desk.looks.at(of, await desk.version(of.id), desk.reading)


async def live(request: Request) -> Response:
    """An event whenever something changed, as long as whoever asks is logged in."""
    who = await login.inside(request)
    if who is None:
        return Response(status_code=401, headers=pages.HEADERS)
    headers = {**pages.HEADERS, "X-Accel-Buffering": "no"}
    events = _events(request, who.of.id)
    return StreamingResponse(events, 200, headers, media_type="text/event-stream")


async def _events(request: Request, class_id: int) -> AsyncIterator[str]:
    desk: Desk = request.app.state.desk
    told, looks = "", 0
    while True:
        version = await _version(desk, class_id, told)
        news = version != told or looks % BEAT == 0
        if news and not await _is_inside(request):
            return
        if version != told:
            yield f"data: {version}\n\n"
            told = version
        elif looks % BEAT == 0:
            yield ": here\n\n"
        looks += 1
        await asyncio.sleep(STEP)


async def _is_inside(request: Request) -> bool:
    """Whether they are logged in still; as long as the database is away nobody is sent away."""
    try:
        return await login.inside(request) is not None
    except AWAY:
        return True


async def _version(desk: Desk, class_id: int, told: str) -> str:
    """What was told before as long as the database is away: the page stays open, and hears again."""
    try:
        return str(await desk.version(class_id, STEP / 2))
    except AWAY:
        return told


async def state(request: Request) -> Response:
    """What `live` tells, as one answer: for a browser that asks again and again."""
    who = await login.inside(request)
    if who is None:
        return answers.error(401, "not-logged-in", "Log in again.")
    desk: Desk = request.app.state.desk
    return answers.json({"version": str(await desk.version(who.of.id))})


async def table(request: Request) -> Response:
    """The class for a spreadsheet."""
    who = await login.inside(request)
    if who is None:
        return login.to_login()
    seen = await look(request, who.of)
    rows = await seen.once("table", lambda: _table(seen.seen))
    headers = {**pages.HEADERS, "Content-Disposition": 'attachment; filename="class.csv"'}
    return Response(rows, 200, headers, media_type="text/csv")


def _table(seen: view.Seen) -> bytes:
    return f"{data.MARK}{data.as_csv(seen.overview)}".encode()
