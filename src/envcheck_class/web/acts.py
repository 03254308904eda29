"""What helpers and instructors do on the pages: each a form, which only our own pages can send."""

from __future__ import annotations

import time
from collections.abc import Callable

import anyio.to_thread
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from envcheck.printable import one_line
from envcheck_class.store import claims, deleting, hints
from envcheck_class.store.hints import Hint
from envcheck_class.web import login, pages
from envcheck_class.web.desk import Desk
from envcheck_class.web.learner import machine
from envcheck_class.web.login import Inside

LONGEST = 300  # characters of what solved it


async def claim(request: Request) -> Response:
    """The form `I am with this learner`: claims the machine for who sends it."""
    who, _, refused = await _own(request)
    if who is None:
        return refused
    id, of, me = machine(request), who.of.id, who.session.name
    taken = await _do(request, lambda it: claims.take(it, of, id, me, time.time()))
    if not taken:
        return pages.problem(409, "Taken", "Somebody else is with them already.")
    return _back(request)


async def release(request: Request) -> Response:
    """The form `give back`: nobody is with them any more, and it is not solved."""
    who, _, refused = await _own(request)
    if who is None:
        return refused
    id, of = machine(request), who.of.id
    await _do(request, lambda it: claims.end(it, of, id, time.time(), None))
    return _back(request)


async def solve(request: Request) -> Response:
    """The form `solved`, with what did it."""
    who, fields, refused = await _own(request)
    if who is None:
        return refused
    id, of = machine(request), who.of.id
    how = one_line(fields.get("how", ""))[:LONGEST] or "not said"
    await _do(request, lambda it: claims.end(it, of, id, time.time(), how))
    return _back(request)


async def hint(request: Request) -> Response:
    """The form that tells everybody whom a cause meets."""
    who, fields, refused = await _own(request)
    if who is None:
        return refused
    if not who.is_instructor:
        return pages.problem(403, "Not yours to send", "Hints are sent by the instructor.")
    sent = Hint(
        one_line(fields.get("code", "")), hints.harmless(fields.get("text", "")), time.time()
    )
    if not sent.code or not sent.text:
        return pages.problem(400, "Nothing to send", "A hint has a cause, and some words.")
    await _do(request, lambda it: hints.send(it, who.of.id, sent))
    return _back(request)


async def remove(request: Request) -> Response:
    """The form that removes a machine that is not the learner's."""
    return await _removed(request, deleting.machine, "/")


async def remove_others(request: Request) -> Response:
    """The form that removes all machines of an alias but this one."""
    return await _removed(request, deleting.other_machines, f"/learner/{machine(request)}")


async def _removed(
    request: Request, act: Callable[[Connection, int, int], int], to: str
) -> Response:
    who, _, refused = await _own(request)
    if who is None:
        return refused
    if not who.is_instructor:
        return pages.problem(403, "Not yours to remove", "Machines are removed by the instructor.")
    id, of = machine(request), who.of.id
    if await _do(request, lambda it: act(it, of, id)):
        await _tidy(request)
    return RedirectResponse(to, 303, pages.HEADERS)


async def _tidy(request: Request) -> None:
    desk: Desk = request.app.state.desk
    await anyio.to_thread.run_sync(desk.database.tidy)


async def _own(request: Request) -> tuple[Inside | None, dict[str, str], Response]:
    """Who sends a form of ours; None with the answer for whoever else it is."""
    who = await login.inside(request)
    if who is None:
        return None, {}, login.to_login()
    fields = await login.form(request)
    if not login.is_own(who.session, fields):
        return None, {}, pages.problem(403, "Not from here", "Load the page again, and try again.")
    return who, fields, _back(request)


async def _do(request: Request, act: Callable[[Connection], object]) -> object:
    desk: Desk = request.app.state.desk
    return await desk.writing(act)


def _back(request: Request) -> Response:
    to = f"/learner/{machine(request)}" if "id" in request.path_params else "/"
    return RedirectResponse(to, 303, pages.HEADERS)
