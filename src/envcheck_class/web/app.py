"""Everything that a server process answers."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from sqlalchemy.exc import DBAPIError
from starlette.applications import Starlette

from envcheck_class.web import answers, api, housekeeping
from envcheck_class.web.desk import Desk


def make(desk: Desk) -> Starlette:
    """The application at this desk."""
    app = Starlette(
        routes=api.routes(),
        exception_handlers={
            404: answers.not_found,
            405: answers.wrong_method,
            DBAPIError: answers.away,
        },
        lifespan=_at_work,
    )
    app.router.redirect_slashes = False
    app.state.desk = desk
    return app


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
