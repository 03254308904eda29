"""One learner's page."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from envcheck.classroom import html
from envcheck.classroom.handed_in import Handed, read, receipt
from envcheck_class.checked.brief import document_of
from envcheck_class.store import reading
from envcheck_class.store.reading import Whole
from envcheck_class.web import login, pages
from envcheck_class.web.board import look
from envcheck_class.web.desk import Desk
from envcheck_class.web.login import Inside
from envcheck_class.web.view import Seen

MOST_REPORTS = 20  # of a learner


async def learner(request: Request) -> Response:
    """One machine: what its newest report says, what changed, who helped."""
    who = await login.inside(request)
    if who is None:
        return login.to_login()
    id, of = machine(request), who.of
    desk: Desk = request.app.state.desk
    seen = await look(request, of)
    reports = await desk.reading(
        lambda connection: reading.of_machine(connection, of.id, id, MOST_REPORTS)
    )
    if id not in seen.seen.people or not reports:
        return pages.problem(404, "Nobody", "There is no such machine in this class.")
    return await anyio.to_thread.run_sync(_learner, seen.seen, id, reports, who)


def _learner(seen: Seen, id: int, reports: Sequence[Whole], who: Inside) -> Response:
    read_again = [read("", report.body) for report in reports]
    whole = tuple(report for report in read_again if isinstance(report, Handed))
    # Keys that we do not know may hold what Python's own reader refuses: the brief is ours.
    short = Handed("", receipt(reports[0].body), document_of(reports[0].brief))
    shown = dataclasses.replace(seen.people[id], reports=whole or (short,))
    helped = [claim for claim in seen.claims if claim.machine_id == id]
    page = pages.text(
        "learner.html.jinja",
        **who.own(),
        id=id,
        name=who.of.name,
        person=html.learner(shown, id, seen.overview),
        others=_others(seen, id),
        helper=next((claim.helper for claim in helped if claim.ended is None), ""),
        solved=[(claim.helper, claim.solved_by) for claim in helped if claim.solved_by],
    )
    return pages.answer(page)


def _others(seen: Seen, id: int) -> int:
    """How many machines there are of the same alias."""
    aliases = [person.reports[0].alias for person in seen.people.values()]
    return aliases.count(seen.people[id].reports[0].alias) - 1


def machine(request: Request) -> int:
    """The number in the address; 0, which no machine has, where no database can count so far."""
    id: int = request.path_params["id"]
    return id if id < 1 << 63 else 0
