"""What is said of a request to which no answer came: above all, whether it was waited for in vain."""

from __future__ import annotations

import ast
import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.guards.source import of_kind
from tornado.httpclient import HTTPClientError
from tornado.simple_httpclient import HTTPStreamClosedError, HTTPTimeoutError

from envcheck_checks import notebook
from envcheck_checks.notebook.page import login
from envcheck_checks.notebook.page.opened import Opened
from envcheck_checks.notebook.server.client import Client
from envcheck_checks.notebook.server.learners_server import ServerTrouble
from envcheck_checks.notebook.server.no_answer import no_answer

IN_VAIN = [HTTPTimeoutError("Timeout during request"), TimeoutError(), asyncio.TimeoutError()]
AT_ONCE = [HTTPStreamClosedError("Stream closed"), ConnectionRefusedError(111, "refused")]


def test_the_words() -> None:
    late, closed = (no_answer("serve the page", error) for error in (IN_VAIN[0], AT_ONCE[0]))
    assert (late.step, late.actual, late.late) == ("serve the page", "no answer in time", True)
    assert (closed.actual, closed.late) == ("HTTPStreamClosedError: Stream closed", False)
    assert not no_answer("serve the page", HTTPClientError(599)).late


async def _asks(client: Client) -> None:
    await client.json("serve the page", "GET", "/api", None, {})


async def _logs_in(client: Client) -> None:
    await login.prove_cookie(client, Opened("/tree", "localhost:8888"), ["username=abc"])


@pytest.mark.parametrize("question", [_asks, _logs_in])
@pytest.mark.parametrize("error", [*IN_VAIN, *AT_ONCE], ids=repr)
def test_every_question_of_a_client_tells_it(
    question: Callable[[Client], Awaitable[None]], error: Exception
) -> None:
    """tornado raises its own timeout even where it is told to raise nothing."""

    async def fetch(*_: object, **__: object) -> None:
        raise error

    server = SimpleNamespace(
        address="http://127.0.0.1:1", secure=None, open_to_all=False, token="t", xsrf=""
    )
    http = SimpleNamespace(fetch=fetch)
    client = Client(cast(Any, server), http, time.monotonic() + 5)
    with pytest.raises(ServerTrouble) as told:
        asyncio.run(cast(Any, question(client)))
    assert told.value.late is (error in IN_VAIN)


def test_nobody_else_explains_an_error_of_http() -> None:
    """Who explained one alone forgot that it may have been a wait in vain."""
    folder = Path(notebook.__file__).parent
    named = {
        file.stem
        for file in folder.rglob("*.py")
        for node in of_kind(file, ast.ImportFrom)
        if any(name.name.startswith("HTTP") and "Error" in name.name for name in node.names)
    }
    assert named == {"no_answer"}
