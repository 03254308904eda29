"""Logging in with a code, and who somebody is afterwards."""

from __future__ import annotations

import hmac
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from envcheck.printable import one_line
from envcheck_class import tokens
from envcheck_class.store import classes, sessions
from envcheck_class.store.classes import INSTRUCTOR, LEARNER, Class
from envcheck_class.store.sessions import LASTS, Session
from envcheck_class.web import pages
from envcheck_class.web.desk import Desk

LARGEST_FORM = 16_384  # bytes
LONGEST_NAME = 64


@dataclass(frozen=True)
class Inside:
    """Somebody who is logged in, and the class that they are in."""

    session: Session
    of: Class

    @property
    def is_instructor(self) -> bool:
        return self.session.role == INSTRUCTOR

    def own(self) -> dict[str, Any]:
        """What is this person's own in a page."""
        return {
            "me": self.session.name,
            "is_instructor": self.is_instructor,
            "csrf": self.session.csrf,
        }


async def inside(request: Request) -> Inside | None:
    """Who asks; None where they are not logged in."""
    desk: Desk = request.app.state.desk
    token = request.cookies.get(cookie(desk), "")
    if not token:
        return None
    session = await desk.reading(lambda connection: sessions.of(connection, token, time.time()))
    if session is None:
        return None
    of = await desk.reading(lambda connection: classes.numbered(connection, session.class_id))
    return None if of is None else Inside(session, of)


def cookie(desk: Desk) -> str:
    """The cookie's name; with https one that no other host can set."""
    return "__Host-envcheck-class" if desk.front.secure else "envcheck-class"


def to_login() -> Response:
    """Where somebody goes who is not logged in."""
    return RedirectResponse("/login", 303, pages.HEADERS)


async def form(request: Request) -> dict[str, str]:
    """The fields of a form; none where it is larger than any of ours, or no form."""
    data = b""
    async for piece in request.stream():
        data += piece
        if len(data) > LARGEST_FORM:
            return {}
    try:
        fields = parse_qs(data.decode(), keep_blank_values=True, max_num_fields=20, errors="strict")
    except ValueError:
        return {}
    return {name: values[0] for name, values in fields.items()}


def is_own(session: Session, fields: dict[str, str]) -> bool:
    """Whether a form came from a page of ours that was made for this person."""
    return hmac.compare_digest(fields.get("csrf", "").encode(), session.csrf.encode())


async def ask(_request: Request) -> Response:
    """The page to log in."""
    return await pages.page("login.html.jinja", trouble="")


async def log_in(request: Request) -> Response:
    """Log somebody in who has the code of an instructor or helper."""
    desk: Desk = request.app.state.desk
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return pages.problem(403, "Not from here", "Log in on this server's own page.")
    fields = await form(request)
    code, name = tokens.plain(fields.get("code", "")), one_line(fields.get("name", ""))
    opened = await desk.reading(lambda connection: classes.by_code(connection, code))
    if opened is None or opened[1] == LEARNER:
        trouble = (
            "This code logs nobody in. It is the one that was shown when the class was opened."
        )
        return await pages.page("login.html.jinja", 403, trouble=trouble)
    of, role = opened
    shown = name[:LONGEST_NAME] or role
    before = request.cookies.get(cookie(desk), "")

    def begin(connection: Connection) -> str:
        sessions.end(connection, before)  # nobody holds it any more
        return sessions.start(connection, of.id, role, shown, time.time())

    token = await desk.writing(begin)
    answer = RedirectResponse("/", 303, pages.HEADERS)
    answer.set_cookie(
        cookie(desk),
        token,
        max_age=int(LASTS),
        secure=desk.front.secure,
        httponly=True,
        samesite="strict",
    )
    return answer


async def log_out(request: Request) -> Response:
    """End the login of this browser."""
    desk: Desk = request.app.state.desk
    who = await inside(request)
    if who is not None and is_own(who.session, await form(request)):
        token = request.cookies[cookie(desk)]
        await desk.writing(lambda connection: sessions.end(connection, token))
    return to_login()
