"""A server that was waited for in vain, on a machine that is slow, at work, or neither."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.unit.described_machines import on

from envcheck.processes.running import Running
from envcheck.processes.work import Work
from envcheck_checks.kernel import idle
from envcheck_checks.kernel.answers import End, Start
from envcheck_checks.kernel.shared import SharedKernel, shared_kernel
from envcheck_checks.notebook.server import slow
from envcheck_checks.notebook.server.learners_server import Server


class Program:
    """A program by a clock of its own, which uses a part of a processor until it ends."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, part: float, ends: float = 1e9) -> None:
        self.now, self.part, self.end = 0.0, part, ends
        clock = SimpleNamespace(monotonic=lambda: self.now)
        for module in (idle, slow):
            monkeypatch.setattr(module, "time", clock)

    @property
    def work(self) -> Work:
        return Work(3.0 + self.now * self.part)

    def wait(self, seconds: float) -> bool:
        self.now = min(self.now + seconds + 0.001, max(self.end, self.now))
        return self.now >= self.end


@pytest.mark.parametrize(
    ("kernel", "up", "expected"),
    [
        (0.6, 2.0, ""),
        (14.0, 2.0, "the kernel takes 14 s to start"),
        (0.6, 30.0, "the notebook server takes 30 s to come up"),
    ],
)
def test_a_machine_that_starts_slowly(
    tmp_path: Path, kernel: float, up: float, expected: str
) -> None:
    facts: dict[Any, object] = {shared_kernel: SharedKernel(None, Start(End.REPLIED, kernel))}
    server = Server(cast(Any, None), tmp_path, tmp_path, seconds=up)
    assert slow.slow_start(on("linux", tmp_path, facts=facts), server) == expected


@pytest.mark.parametrize(("part", "expected"), [(0.0, False), (0.01, False), (0.5, True)])
def test_whether_it_goes_on_working(
    monkeypatch: pytest.MonkeyPatch, part: float, expected: bool
) -> None:
    """One that does nothing is not late: it hangs."""
    assert slow.goes_on_working(cast(Running, Program(monkeypatch, part))) is expected


@pytest.mark.parametrize(
    ("part", "end", "expected", "soon"),
    [
        (0.0, 0.5, True, lambda now: now < 1),
        (0.3, 12.0, True, lambda now: now < 13),
        (0.0, 1e9, False, lambda now: now < 13),
        (0.3, 1e9, None, lambda now: 25 <= now < 26),
    ],
)
def test_whether_it_ends(
    monkeypatch: pytest.MonkeyPatch,
    part: float,
    end: float,
    expected: bool | None,
    soon: Callable[[float], bool],
) -> None:
    program = Program(monkeypatch, part, end)
    assert slow.ends(cast(Running, program), 10, 25) is expected
    assert soon(program.now)
