"""The addresses of the pages."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from envcheck_class.web import acts, board, checks, learner, lobby, login, pages


def routes() -> list[Route]:
    """Every page. The last is the join link."""
    return [
        Route("/", board.board),
        Route("/projector", board.board),
        Route("/live", board.live),
        Route("/state", board.state),
        Route("/class.csv", board.table),
        Route("/checks", checks.checks),
        Route("/login", login.ask),
        Route("/login", login.log_in, methods=["POST"]),
        Route("/logout", login.log_out, methods=["POST"]),
        Route("/hint", acts.hint, methods=["POST"]),
        Route("/learner/{id:int}", learner.learner),
        Route("/learner/{id:int}/claim", acts.claim, methods=["POST"]),
        Route("/learner/{id:int}/release", acts.release, methods=["POST"]),
        Route("/learner/{id:int}/solve", acts.solve, methods=["POST"]),
        Route("/learner/{id:int}/remove", acts.remove, methods=["POST"]),
        Route("/learner/{id:int}/remove-others", acts.remove_others, methods=["POST"]),
        Route("/static/page.css", _style),
        Route("/static/live.js", _script),
        Route("/{code}", lobby.lobby),
    ]


async def _style(_request: Request) -> Response:
    return pages.style()


async def _script(_request: Request) -> Response:
    return pages.script()
