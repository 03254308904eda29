"""The interface for programs, `/api/v1`: what the class is, and a report sent to it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from envcheck_class.web import answers, openapi
from envcheck_class.web.desk import Desk
from envcheck_class.web.reports import Reports

PATH = "/api/v1"
TAKES_REPORTS = ("POST", f"{PATH}/reports")


def routes(reports: Reports) -> list[Route]:
    """Every address of it."""
    return [
        Route(f"{PATH}/class", the_class, methods=["GET"]),
        Route(f"{PATH}/reports", reports, methods=["POST"]),
        Route(f"{PATH}/openapi.json", described, methods=["GET"]),
    ]


async def described(_request: Request) -> Response:
    """This interface, as OpenAPI has it."""
    return answers.json(openapi.document())


async def the_class(request: Request) -> Response:
    """What a learner is told before anything is sent."""
    desk: Desk = request.app.state.desk
    given = request.headers.get("authorization", "").encode("latin-1")
    joined = await desk.joined(answers.bearer(given))
    if joined is None:
        return answers.nobody()
    of, _ = joined
    return answers.json(
        {
            "name": of.name,
            "chapter": of.chapter,
            "course": of.course,
            "deletes_after_days": of.keeps_days,
        }
    )
