"""Everything that a server process answers."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from envcheck_class.store.database import AWAY
from envcheck_class.web import answers, api, housekeeping, pages, site
from envcheck_class.web.desk import Desk
from envcheck_class.web.reports import Reports


class _App(Starlette):
    """Starlette, but for reports: a class sends hundreds at once, and to find and to wrap the one
    function that takes them costs as much as to read them.
    """

    reports: Reports

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (scope["method"], scope["path"]) == api.TAKES_REPORTS:
            await self.reports(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def make(desk: Desk, doors: Sequence[Route] = ()) -> Starlette:
    """The application at this desk. `doors` are addresses besides the usual ones."""
    reports = Reports(desk)
    app = _App(
        routes=[*doors, *api.routes(reports), *site.routes()],
        exception_handlers={
            404: _not_found,
            405: answers.wrong_method,
            **dict.fromkeys(AWAY, _away),
        },
        lifespan=_at_work,
    )
    app.router.redirect_slashes = False
    app.state.desk = desk
    app.reports = reports
    return app


def _not_found(request: Request, error: Exception) -> Response:
    if _is_for_programs(request):
        return answers.not_found(request, error)
    return pages.problem(404, "Nothing here", "There is no page at this address.")


def _away(request: Request, error: Exception) -> Response:
    if _is_for_programs(request):
        return answers.away(request, error)
    return pages.problem(503, "Not now", "The database does not answer. Load the page again soon.")


def _is_for_programs(request: Request) -> bool:
    return request.url.path.startswith(f"{api.PATH}/")


@contextlib.asynccontextmanager
async def _at_work(app: Starlette) -> AsyncIterator[None]:
    desk: Desk = app.state.desk
    desk.writer.start()
    cleaning = asyncio.create_task(housekeeping.run(desk.database))
    try:
        yield
    finally:
        cleaning.cancel()
        await asyncio.to_thread(desk.writer.stop)
