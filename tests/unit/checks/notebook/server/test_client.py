"""What a page asks of a server: questions that decide, and those that only warn."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tornado.simple_httpclient import HTTPTimeoutError

from envcheck_checks.notebook.page.opened import Opened
from envcheck_checks.notebook.page.opened_file import missing_file
from envcheck_checks.notebook.page.page_proof import trouble_of_other
from envcheck_checks.notebook.page.printed import trouble_of_printed
from envcheck_checks.notebook.server.client import ASIDE_SECONDS, Client, aside
from envcheck_checks.notebook.server.learners_server import ServerTrouble

ADDRESS = "http://127.0.0.1:40123"
OPENS = Opened("/lab/tree/a.ipynb", "localhost:40123")
QUESTIONS = [
    partial(trouble_of_printed, opened=OPENS),
    partial(missing_file, opened=OPENS),
    partial(
        trouble_of_other,
        opened=Opened("/tree", "localhost:40123"),
        lost=lambda _page: "",
        other=True,
    ),
]


def in_vain(left: float = 30.0, came_up: float = 1.0) -> tuple[Client, list[float]]:
    """A client of a server that never answers, and how long each request would have waited."""
    waited: list[float] = []

    async def fetch(request: Any, **_: object) -> None:
        waited.append(request.request_timeout)
        raise HTTPTimeoutError("Timeout during request")

    log = f"[I ServerApp] {ADDRESS}/tree?token=abc\n"
    running = SimpleNamespace(stderr=SimpleNamespace(text=lambda: log))
    server = SimpleNamespace(
        address=ADDRESS,
        running=running,
        secure=None,
        open_to_all=False,
        token="t",
        xsrf="",
        seconds=came_up,
    )
    http = SimpleNamespace(fetch=fetch)
    return Client(cast(Any, server), http, time.monotonic() + left), waited


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.func.__name__)
def test_a_question_that_only_warns_is_let_go(question: Any) -> None:
    """After all was proved, no answer to it is no trouble of the server."""
    client, waited = in_vain()
    assert asyncio.run(aside(client, question)) == ""
    assert waited and max(waited) <= ASIDE_SECONDS
    short, waited = in_vain(left=2)
    assert asyncio.run(aside(short, question)) == ""
    assert max(waited) <= 2
    slow, waited = in_vain(came_up=6)
    assert asyncio.run(aside(slow, question)) == ""
    assert ASIDE_SECONDS < max(waited) <= 18
    with pytest.raises(ServerTrouble) as told:
        asyncio.run(question(in_vain()[0]))
    assert told.value.late


def test_its_answer_is_told() -> None:
    async def dead(_: Client) -> str:
        return "no such name"

    assert asyncio.run(aside(in_vain()[0], dead)) == "no such name"
