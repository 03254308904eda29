"""A report that is sent: read, checked, kept, and then answered. A class sends hundreds at once, so
this one address has no request and answer of Starlette's: they are what ASGI gives and takes.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

import msgspec
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from envcheck_class import tokens
from envcheck_class.checked.arriving import LARGEST, Checked, Refused, check
from envcheck_class.checked.brief import document_of
from envcheck_class.store import hints
from envcheck_class.store.arrivals import CLOSED, NOWHERE, Arrival
from envcheck_class.store.classes import Class
from envcheck_class.store.database import AWAY
from envcheck_class.store.hints import Hint
from envcheck_class.store.machines import MOST_MACHINES
from envcheck_class.web import answers
from envcheck_class.web.deadlines import Deadlines
from envcheck_class.web.desk import Desk
from envcheck_class.web.writer import Unavailable

KEY = re.compile(rb"[0-9a-f]{64}")
ALWAYS = [
    (name.lower().encode(), value.encode())
    for name, value in {**answers.HEADERS, "Content-Type": answers.KIND}.items()
]


class Reports:
    """The ASGI application that takes them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._bodies = Deadlines(desk.limits.body)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer this request, whose method and address are those of reports."""
        heads = dict(reversed(scope["headers"]))  # of two with one name the first counts
        try:
            answer = await self._answer(heads, receive)
        except AWAY:
            answer = answers.not_now()
        if isinstance(answer, Response):
            await answer(scope, receive, send)
            return
        status, body = answer
        length = (b"content-length", str(len(body)).encode())
        await send({"type": "http.response.start", "status": status, "headers": [*ALWAYS, length]})
        await send({"type": "http.response.body", "body": body})

    async def _answer(
        self, heads: Mapping[bytes, bytes], receive: Receive
    ) -> Response | tuple[int, bytes]:
        joined = await self._desk.joined(answers.bearer(heads.get(b"authorization", b"")))
        if joined is None:
            return answers.nobody()
        of, sent_hints = joined
        refused = _refused(heads, of) or self._too_fast(heads, of)
        if refused is not None:
            return refused
        body = await self._body(receive)
        if isinstance(body, Response):
            return body
        report = check(body, of.chapter)
        if isinstance(report, Refused):
            return answers.error(report.status, report.code, report.message)
        return await self._kept(of, report, heads[b"envcheck-key"].decode(), sent_hints)

    def _too_fast(self, heads: Mapping[bytes, bytes], of: Class) -> Response | None:
        wait = self._desk.rates.wait(of.id, int(heads[b"content-length"]))
        if not wait:
            return None
        return answers.later(429, "too-many", "The class sends more than the server takes.", wait)

    async def _body(self, receive: Receive) -> bytes | Response:
        """The bytes; or what is said where they are too many, too late, or not all."""
        task, late = asyncio.current_task(), False

        def give_up() -> None:
            nonlocal late
            late = True
            if task is not None:
                task.cancel()

        self._bodies.begin(task, give_up)
        try:
            return await _read(receive)
        except asyncio.CancelledError:
            if late:
                return answers.closing(408, "too-slow", "The report did not arrive in time.")
            raise
        finally:
            self._bodies.over(task)

    async def _kept(
        self, of: Class, checked: Checked, key: str, sent: Sequence[Hint]
    ) -> Response | tuple[int, bytes]:
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
            kept = await self._desk.writer.put(arrival)
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
        return (201 if kept.new else 200), msgspec.json.encode(answer)


def _refused(heads: Mapping[bytes, bytes], of: Class) -> Response | None:
    """What can be said before the body is read."""
    if of.closed is not None:
        return _closed(of)
    kind = heads.get(b"content-type", b"").partition(b";")[0].strip().lower()
    if kind != b"application/json":
        return answers.closing(415, "not-json", "A report is sent as application/json.")
    length = heads.get(b"content-length", b"")
    if not length.isdigit():
        return answers.closing(411, "no-length", "A report is sent with its length.")
    if int(length) > LARGEST:
        return _too_large()
    if not KEY.fullmatch(heads.get(b"envcheck-key", b"")):
        return answers.closing(400, "no-key", "A report is sent with Envcheck-Key, 64 hex digits.")
    return None


def _closed(of: Class) -> Response:
    return answers.closing(410, "closed", f"The class {of.name} takes no more reports.")


def _too_large() -> Response:
    return answers.closing(413, "too-large", f"A report has at most {LARGEST} bytes.")


async def _read(receive: Receive) -> bytes | Response:
    body = b""
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return answers.closing(400, "cut-short", "The report ended before its length.")
        piece = message["body"]
        body = body + piece if body else piece  # nearly always there is but one
        if len(body) > LARGEST:
            return _too_large()
        more = message["more_body"]
    return body


def _too_many_machines(alias: str) -> Response:
    many = (
        f"{alias} has reports from {MOST_MACHINES} machines already: the instructor can remove those "
        "that are not yours."
    )
    return answers.error(409, "too-many-machines", many)


def _hints(checked: Checked, sent: Sequence[Hint]) -> list[dict[str, str]]:
    """Those for a cause that this report has."""
    codes = {cause["code"] for cause in document_of(checked.brief)["diagnoses"]}
    fitting = [hint for hint in sent if hint.code in codes][: hints.MOST]
    return [{"text": hint.text, "sent": _when(hint.sent)} for hint in fitting]


def _when(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
