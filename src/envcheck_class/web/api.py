"""The interface for programs, `/api/v1`: what the class is, and a report sent to it."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from envcheck_class import tokens
from envcheck_class.checked.arriving import LARGEST, Checked, Refused, check
from envcheck_class.checked.brief import document_of
from envcheck_class.store import hints
from envcheck_class.store.arrivals import CLOSED, NOWHERE, Arrival
from envcheck_class.store.classes import Class
from envcheck_class.store.hints import Hint
from envcheck_class.store.machines import MOST_MACHINES
from envcheck_class.web import answers, openapi
from envcheck_class.web.desk import Desk
from envcheck_class.web.writer import Unavailable

KEY = re.compile(r"[0-9a-f]{64}")
BEARER = "bearer "
PATH = "/api/v1"
TAKES_REPORTS = ("POST", f"{PATH}/reports")


def routes() -> list[Route]:
    """Every address of it."""
    return [
        Route(f"{PATH}/class", the_class, methods=["GET"]),
        Route(f"{PATH}/reports", report, methods=["POST"]),
        Route(f"{PATH}/openapi.json", described, methods=["GET"]),
    ]


async def described(_request: Request) -> Response:
    """This interface, as OpenAPI has it."""
    return answers.json(openapi.document())


async def the_class(request: Request) -> Response:
    """What a learner is told before anything is sent."""
    joined = await _joined(request, _heads(request))
    if joined is None:
        return _nobody()
    of, _ = joined
    return answers.json(
        {
            "name": of.name,
            "chapter": of.chapter,
            "course": of.course,
            "deletes_after_days": of.keeps_days,
        }
    )


async def report(request: Request) -> Response:
    """A report. It is answered when it is kept."""
    heads = _heads(request)
    joined = await _joined(request, heads)
    if joined is None:
        return _nobody()
    of, sent_hints = joined
    desk: Desk = request.app.state.desk
    refused = _refused(heads, of) or _too_fast(heads, of, desk)
    if refused is not None:
        return refused
    try:
        body = await _body(request, desk.limits.body)
    except TooSlow:
        return answers.closing(408, "too-slow", "The report did not arrive in time.")
    except ClientDisconnect:
        return answers.closing(400, "cut-short", "The report ended before its length.")
    if len(body) > LARGEST:
        return _too_large()
    report = check(body, of.chapter)
    if isinstance(report, Refused):
        return answers.error(report.status, report.code, report.message)
    return await _kept(desk, of, report, heads["envcheck-key"], sent_hints)


def _heads(request: Request) -> Mapping[str, str]:
    """The request's headers, each read once; of two with one name the first counts."""
    heads = reversed(request.scope["headers"])
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in heads}


async def _joined(
    request: Request, heads: Mapping[str, str]
) -> tuple[Class, tuple[Hint, ...]] | None:
    desk: Desk = request.app.state.desk
    given = heads.get("authorization", "")
    if given[: len(BEARER)].lower() != BEARER:
        return None
    return await desk.joined(given[len(BEARER) :])


def _nobody() -> Response:
    return answers.error(
        401,
        "no-such-class",
        "This link opens no class: it is mistyped, or the class was deleted.",
        **{"WWW-Authenticate": "Bearer"},
    )


def _refused(heads: Mapping[str, str], of: Class) -> Response | None:
    """What can be said before the body is read."""
    if of.closed is not None:
        return _closed(of)
    kind = heads.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        return answers.closing(415, "not-json", "A report is sent as application/json.")
    length = heads.get("content-length", "")
    if not length.isascii() or not length.isdecimal():
        return answers.closing(411, "no-length", "A report is sent with its length.")
    if int(length) > LARGEST:
        return _too_large()
    if not KEY.fullmatch(heads.get("envcheck-key", "")):
        return answers.closing(400, "no-key", "A report is sent with Envcheck-Key, 64 hex digits.")
    return None


def _closed(of: Class) -> Response:
    return answers.closing(410, "closed", f"The class {of.name} takes no more reports.")


def _too_large() -> Response:
    return answers.closing(413, "too-large", f"A report has at most {LARGEST} bytes.")


def _too_fast(heads: Mapping[str, str], of: Class, desk: Desk) -> Response | None:
    wait = desk.rates.wait(of.id, int(heads["content-length"]))
    if not wait:
        return None
    return answers.later(429, "too-many", "The class sends more than the server takes.", wait)


class TooSlow(Exception):
    """The body took longer than it may."""


async def _body(request: Request, longest: float) -> bytes:
    """The bytes, and no more than one above the limit. Raises TooSlow after so many seconds.

    Most bodies are there already: a task of its own for each, as `asyncio.wait_for` makes it, costs
    more than to read them.
    """
    task, late = asyncio.current_task(), False

    def give_up() -> None:
        nonlocal late
        late = True
        if task is not None:
            task.cancel()

    timer = asyncio.get_running_loop().call_later(longest, give_up)
    try:
        return await _read(request)
    except asyncio.CancelledError:
        if late:
            raise TooSlow from None
        raise
    finally:
        timer.cancel()


async def _read(request: Request) -> bytes:
    pieces, size = [], 0
    async for piece in request.stream():
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST:
            break
    return b"".join(pieces)


async def _kept(
    desk: Desk, of: Class, checked: Checked, key: str, sent: Sequence[Hint]
) -> Response:
    arrival = Arrival(
        of.id,
        checked.alias,
        tokens.hashed(key),
        time.time(),
        checked.digest,
        checked.ready,
        checked.brief,
        checked.body,
    )
    try:
        kept = await desk.writer.put(arrival)
    except Unavailable:
        return answers.later(503, "not-now", "The report could not be kept now.", answers.LATER)
    if kept == CLOSED:
        return _closed(of)
    if kept == NOWHERE:
        return _too_many_machines(checked.alias)
    answer: dict[str, Any] = {
        "receipt": checked.receipt,
        "machine": kept.machine,
        "hints": _hints(checked, sent) if sent else [],
    }
    return answers.json(answer, 201 if kept.new else 200)


def _too_many_machines(alias: str) -> Response:
    many = f"{alias} has reports from {MOST_MACHINES} machines already: choose another alias."
    return answers.error(409, "too-many-machines", many)


def _hints(checked: Checked, sent: Sequence[Hint]) -> list[dict[str, str]]:
    """Those for a cause that this report has."""
    codes = {cause["code"] for cause in document_of(checked.brief)["diagnoses"]}
    fitting = [hint for hint in sent if hint.code in codes][: hints.MOST]
    return [{"text": hint.text, "sent": _when(hint.sent)} for hint in fitting]


def _when(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
