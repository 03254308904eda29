"""The page about the checks themselves: which failed for nobody, and which change their answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from envcheck.sentences import number_of
from envcheck_class.checked.record import Record, records
from envcheck_class.store import answers
from envcheck_class.store.classes import Class
from envcheck_class.web import login, pages
from envcheck_class.web.desk import Desk

MOST = 100  # checks on the page
MOST_NAMES = 20  # of those on whose machine a check went back and forth


async def checks(request: Request) -> Response:
    """What the class says of them; read when somebody asks for the page, and only then."""
    who = await login.inside(request)
    if who is None:
        return login.to_login()
    desk: Desk = request.app.state.desk
    told = await desk.reading(lambda connection: content(_judged(connection, who.of)))
    return await pages.page("checks.html.jinja", name=who.of.name, most=answers.MOST, **told)


def _judged(connection: Connection, of: Class) -> list[Record]:
    reports = answers.of_class(connection, of.id)
    return records(reports, answers.mended(connection, of.id))


def content(judged: Sequence[Record]) -> dict[str, Any]:
    """What the template is given."""
    shown = judged[:MOST]
    return {
        "nothing": not shown,
        "never": [
            {**_called(record), "among": number_of(record.answered, "learner")}
            for record in shown
            if not record.failed
        ],
        "flips": [
            {**_called(record), "on": _names(record.flipped), "count": len(record.flipped)}
            for record in sorted(shown, key=lambda record: -len(record.flipped))
            if record.flipped
        ],
        "fails": [
            {
                **_called(record),
                "failed": len(record.failed),
                "among": number_of(record.answered, "learner"),
            }
            for record in sorted(shown, key=lambda record: -len(record.failed))
            if record.failed
        ],
    }


def _called(record: Record) -> dict[str, Any]:
    return {"id": record.id, "title": record.title}


def _names(aliases: set[str]) -> str:
    names = sorted(aliases, key=str.casefold)
    more = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
