"""The class's page, its live parts, and one learner's page."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import anyio.to_thread
from sqlalchemy.exc import DBAPIError
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from envcheck.classroom import data, html
from envcheck.classroom.handed_in import Handed, read
from envcheck.printable import one_line
from envcheck_class.store import reading
from envcheck_class.store.classes import INSTRUCTOR, Class
from envcheck_class.web import answers, login, pages, view
from envcheck_class.web.desk import Desk, Look
from envcheck_class.web.login import Inside
from envcheck_class.web.looked_for import called_so
from envcheck_class.web.view import Seen

STEP = 0.5  # seconds between two looks for something new
BEAT = 30  # looks after which a page is told that the connection lives
MOST_REPORTS = 20  # of a learner
LONGEST_FIND = 64  # letters


async def board(request: Request) -> Response:
    """Who needs somebody, what they meet, who is ready."""
    who = await login.inside(request)
    if who is None:
        return login.to_login()
    projector = request.url.path == "/projector"
    version, seen = await look(request, who.of)
    desk: Desk = request.app.state.desk
    content = await anyio.to_thread.run_sync(
        view.content, seen, who.of, desk.catalogue, time.time()
    )
    find = "" if projector else one_line(request.query_params.get("find", ""))[:LONGEST_FIND]
    return pages.page(
        "board.html.jinja",
        **content,
        **_person(who),
        projector=projector,
        version=version,
        find=find,
        called_so=called_so(seen, find) if find else None,
        part=f"/?{urlencode({'find': find})}" if find else request.url.path,
    )


async def look(request: Request, of: Class) -> tuple[str, Seen]:
    """The class as it is now, with its version. It is read again only where something changed, and
    for most of the time something else is done: a large class takes a second.
    """
    desk: Desk = request.app.state.desk
    version = await desk.version(of.id)
    async with desk.looking:
        kept = desk.seen.get(of.id)
        now = time.monotonic()
        if kept is not None and (kept.version == version or desk.still_good(kept)):
            return kept.version, kept.seen
        seen = await desk.reading(lambda connection: view.look(connection, of, time.time()))
        done = time.monotonic()
        desk.seen[of.id] = Look(version, seen, now, done + 2 * (done - now))
    return version, seen


async def live(request: Request) -> Response:
    """An event whenever something changed."""
    who = await login.inside(request)
    if who is None:
        return Response(status_code=401, headers=pages.HEADERS)
    headers = {**pages.HEADERS, "X-Accel-Buffering": "no"}
    events = _events(request.app.state.desk, who.of.id)
    return StreamingResponse(events, 200, headers, media_type="text/event-stream")


async def _events(desk: Desk, class_id: int) -> AsyncIterator[str]:
    told, looks = "", 0
    while True:
        version = await _version(desk, class_id, told)
        if version != told:
            yield f"data: {version}\n\n"
            told = version
        elif looks % BEAT == 0:
            yield ": here\n\n"
        looks += 1
        await asyncio.sleep(STEP)


async def _version(desk: Desk, class_id: int, told: str) -> str:
    """What was told before as long as the database is away: the page stays open, and hears again."""
    try:
        return await desk.version(class_id, STEP / 2)
    except DBAPIError:
        return told


async def state(request: Request) -> Response:
    """What `live` tells, as one answer: for a browser that asks again and again."""
    who = await login.inside(request)
    if who is None:
        return answers.error(401, "not-logged-in", "Log in again.")
    desk: Desk = request.app.state.desk
    return answers.json({"version": await desk.version(who.of.id)})


async def table(request: Request) -> Response:
    """The class for a spreadsheet."""
    who = await login.inside(request)
    if who is None:
        return login.to_login()
    _, seen = await look(request, who.of)
    headers = {**pages.HEADERS, "Content-Disposition": 'attachment; filename="class.csv"'}
    return Response(data.as_csv(seen.overview), 200, headers, media_type="text/csv")


async def learner(request: Request) -> Response:
    """One machine: what its newest report says, what changed, who helped."""
    who = await login.inside(request)
    if who is None:
        return login.to_login()
    id, of = machine(request), who.of
    desk: Desk = request.app.state.desk
    _, seen = await look(request, of)
    reports = await desk.reading(
        lambda connection: reading.of_machine(connection, of.id, id, MOST_REPORTS)
    )
    person = seen.people.get(id)
    if person is None or not reports:
        return pages.problem(404, "Nobody", "There is no such machine in this class.")
    read_again = [read("", report.body) for report in reports]
    whole = tuple(handed for handed in read_again if isinstance(handed, Handed)) or person.reports
    shown = dataclasses.replace(person, reports=whole)
    helped = [claim for claim in seen.claims if claim.machine_id == id]
    return pages.page(
        "learner.html.jinja",
        **_person(who),
        id=id,
        name=of.name,
        person=html.learner(shown, id, seen.overview),
        helper=next((claim.helper for claim in helped if claim.ended is None), ""),
        solved=[(claim.helper, claim.solved_by) for claim in helped if claim.solved_by],
    )


def machine(request: Request) -> int:
    """The number in the address; 0, which no machine has, where no database can count so far."""
    id: int = request.path_params["id"]
    return id if id < 1 << 63 else 0


def _person(who: Inside) -> dict[str, Any]:
    return {
        "me": who.session.name,
        "is_instructor": who.session.role == INSTRUCTOR,
        "csrf": who.session.csrf,
    }
