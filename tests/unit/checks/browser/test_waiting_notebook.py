"""Whether the page of a notebook has its kernel."""

from __future__ import annotations

import asyncio
import json
from types import SimpleNamespace
from typing import Any, cast

import pytest

from envcheck_checks.browser.waiting_notebook import WaitingNotebook


@pytest.mark.parametrize(
    ("code", "kernels", "connected"),
    [
        (200, [{"connections": 1, "execution_state": "idle"}], True),
        (200, [{"connections": 0, "execution_state": "idle"}], False),
        (200, [{"connections": 1, "execution_state": "busy"}], False),
        (200, [{}], False),
        (200, [], False),
        (200, [{}, {"connections": 2, "execution_state": "idle"}], True),
        (500, [{"connections": 1, "execution_state": "idle"}], False),
    ],
)
def test_when_the_page_has_its_kernel(
    code: int, kernels: list[dict[str, object]], connected: bool
) -> None:
    """Connected, and the kernel waits: what is typed before would be lost."""

    class Client:
        async def answer(self, *_: object) -> object:
            return SimpleNamespace(code=code, body=json.dumps(kernels))

    notebook = WaitingNotebook("/notebooks/a.ipynb", cast(Any, Client()))
    assert asyncio.run(notebook.connected()) is connected
