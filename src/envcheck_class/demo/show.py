"""The demonstration: a class in a folder that is gone afterwards, and a server of this machine
alone.
"""

from __future__ import annotations

import secrets
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from envcheck import Chapter, Course
from envcheck.classroom.message import Catalogue
from envcheck_class.demo import learners, sending, story
from envcheck_class.store import classes, database, migrate, sessions
from envcheck_class.store.classes import INSTRUCTOR, Codes, Opening
from envcheck_class.store.database import Database
from envcheck_class.web import login, pages, serving
from envcheck_class.web.desk import Desk
from envcheck_class.web.serving import Served

NAME = "Demo"


@dataclass(frozen=True)
class Shown:
    """What is shown: `opens` is given the address to look at, `says` a line for the terminal."""

    course: Course
    chapter: Chapter
    port: int
    opens: Callable[[str], None]
    says: Callable[[str], None]


def show(shown: Shown) -> None:
    """Start the server, open its page, send the story; goes on until it is interrupted. Raises
    UsageProblem.
    """
    # One try for a name: where it may not write, `tempfile` tries others for minutes on Windows.
    folder = Path(tempfile.gettempdir(), f"envcheck-demo-{secrets.token_hex(8)}")
    with database.thrown_away(folder) as place:
        migrate.to_newest(place)
        codes = _open(place, shown)
        _serve(place, codes, shown)


def _open(place: Database, shown: Shown) -> Codes:
    opening = Opening(NAME, shown.chapter.id, shown.course.title, time.time(), 1, learners.roster())
    with place.writing() as connection:
        return classes.open_class(connection, opening)


def _serve(place: Database, codes: Codes, shown: Shown) -> None:
    served = Served(port=shown.port)
    with serving.listen(served) as listening:
        port: int = listening.getsockname()[1]
        ticket = secrets.token_urlsafe(16)
        desk = serving.desk_of(place, served, Catalogue([shown.course]))
        config = serving.config(desk, served, [Route(f"/demo/{ticket}", _enter)])
        sending.start(port, codes.learner, story.tell(shown.course, shown.chapter))
        address = f"http://127.0.0.1:{port}"
        shown.says(f"A class of 60 who do not exist: {address}/demo/{ticket}")
        shown.says(f"The lobby that learners see: {address}/{codes.learner}")
        shown.says("Stop with Ctrl-C; nothing of it is kept.")
        shown.opens(f"{address}/demo/{ticket}")
        uvicorn.Server(config).run(sockets=[listening])


async def _enter(request: Request) -> Response:
    """Log in whoever has the link: it leads into a class of nobody, on this machine alone."""
    desk: Desk = request.app.state.desk
    now = time.time()
    token = await desk.writing(
        lambda connection: sessions.start(connection, 1, INSTRUCTOR, "Ada", now)
    )
    answer = RedirectResponse("/", 303, pages.HEADERS)
    answer.set_cookie(login.cookie(desk), token, httponly=True, samesite="lax")
    return answer
