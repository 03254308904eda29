"""What a kernel has answered is heard, though the clock jumped before it was read."""

from __future__ import annotations

import queue
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.pace import within

from envcheck_checks.kernel.answers import End
from envcheck_checks.kernel.client import Kernel

PARENT = {"msg_id": "7"}


class Channel:
    """Gives these messages, one at a look; None is a look in vain, after which the clock jumps."""

    def __init__(self, now: list[float], *messages: dict[str, Any] | None) -> None:
        self.now, self.messages = now, list(messages)

    def get_msg(self, timeout: float) -> dict[str, Any]:
        self.now[0] += timeout
        message = self.messages.pop(0) if self.messages else {}
        if not message:
            self.now[0] += 60.0 if message is None else 0.0
            raise queue.Empty
        return message


def message(kind: str, **content: Any) -> dict[str, Any]:
    return {"msg_type": kind, "parent_header": PARENT, "content": content}


REPLY = message("execute_reply", status="ok")
COMPLETED = message("complete_reply", status="ok", matches=["median"])
IDLE = message("status", execution_state="idle")


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    clock = [time.monotonic()]
    with monkeypatch.context() as patch:
        patch.setattr("time.monotonic", lambda: clock[0])
        yield clock


def kernel(now: list[float], shell: dict[str, Any]) -> Kernel:
    client = SimpleNamespace(
        shell_channel=Channel(now, None, shell),
        iopub_channel=Channel(now, None, IDLE),
        kernel_info=lambda: None,
        execute=lambda *_, **__: "7",
        complete=lambda *_: "7",
    )
    log = SimpleNamespace(text=lambda: "")
    running = SimpleNamespace(
        code=None, stderr=log, settled_log=lambda: "", is_at_work=lambda: False
    )
    ports = SimpleNamespace(let_go=lambda: None)
    return Kernel(cast(Any, running), cast(Any, client), cast(Any, ports))


def test_a_kernel_that_came_up_while_the_lid_was_closed(now: list[float]) -> None:
    """And the time that it was closed is not called slow."""
    start = kernel(now, REPLY).wait_ready(45.0)
    assert start.end is End.REPLIED
    assert start.seconds < within(5)


def test_a_cell_that_ended_meanwhile(now: list[float]) -> None:
    done = kernel(now, REPLY).execute("1", 30.0)
    assert (done.end, done.status) == (End.REPLIED, "ok")
    assert done.seconds < within(5)


def test_the_tab_key(now: list[float]) -> None:
    assert kernel(now, COMPLETED).complete("statistics.medi", 20.0) == ("median",)
