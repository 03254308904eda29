"""The moving line, on a real pseudo-terminal."""

from __future__ import annotations

import os
import re
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import TextIO

import pytest
from tests.pace import within
from tests.unit.engine.reports import examples

from envcheck.model import Check, Fine
from envcheck.reports.live import LiveText, Progress, sentence
from envcheck.reports.text import Page
from envcheck.run.plan import Planned
from envcheck.run.result import CheckResult
from envcheck.run.runner import Event

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminal", allow_module_level=True)


def planned(name: str, title: str, slow: str = "") -> Planned:
    return Planned(
        f"chapter2.{name}", Check(name, title, lambda env: Fine("fine"), slow_because=slow)
    )


KERNEL = planned(
    "kernel", "Kernel", "a kernel's first start reads many files; antivirus programs look at each"
)
PACKAGES = planned("packages", "Packages")


@dataclass
class Screen:
    """A pseudo-terminal: what is written to `stream`, and what a person then sees."""

    stream: TextIO
    reader: int
    received: str = ""

    def until(self, part: str) -> None:
        """Wait for a part of what is written."""
        end = time.monotonic() + within(10)
        while part not in self.received and time.monotonic() < end:
            self.received += os.read(self.reader, 4096).decode()
        assert part in self.received

    def lines(self) -> list[str]:
        """The lines on the screen: a carriage return and a backspace move, other characters
        overwrite.
        """
        self.stream.write("END")
        self.stream.flush()
        self.until("END")
        return [overwritten(line) for line in self.received.removesuffix("END").split("\r\n")]


def overwritten(line: str) -> str:
    shown: list[str] = []
    place = 0
    for one in line:
        if one in "\r\b":
            place = 0 if one == "\r" else place - 1
            continue
        shown[place : place + 1] = [one]
        place += 1
    return "".join(shown).rstrip()


@pytest.fixture
def screen() -> Iterator[Screen]:
    import fcntl
    import pty
    import struct
    import termios

    reader, writer = pty.openpty()
    fcntl.ioctl(writer, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
    with open(writer, "w", encoding="utf-8") as stream:  # noqa: PTH123  # a number, not a path
        yield Screen(stream, reader)
    os.close(reader)


def result(name: str) -> CheckResult:
    return next(one for one in examples.FINE if one.id == f"chapter2.{name}")


@pytest.mark.parametrize(
    "age, room, said",
    [
        (0.5, 80, "... Kernel (and 1 more)"),
        (1.4, 80, "... Kernel, 1 s (and 1 more)"),
        (
            4,
            120,
            "... Kernel, 4 s (and 1 more): a kernel's first start reads many files; antivirus programs look at each",
        ),
        (
            4,
            92,
            "... Kernel, 4 s: a kernel's first start reads many files; antivirus programs look at each",
        ),
        (4, 50, "... Kernel, 4 s: a kernel's first start reads ..."),
        (12, 60, "... Kernel, 12 s: slow, still waiting; a kernel's first ..."),
        (4, 12, "... Kern ..."),
    ],
)
def test_what_runs_now(age: float, room: int, said: str) -> None:
    """The oldest running check, its time, and why it is slow: as much as there is room for."""
    assert sentence([(PACKAGES, 100 - age + 0.1), (KERNEL, 100 - age)], 100, room) == said
    assert len(said) <= room


def test_nothing_runs() -> None:
    """Between two checks there is nothing to say."""
    assert sentence([], 100, 80) == ""


def test_the_line_leaves_nothing_behind(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a shorter text, a result and the end, only results are on the screen."""
    first_second = SimpleNamespace(monotonic=lambda: 7.0)  # of each check
    monkeypatch.setattr("envcheck.reports.live.time", first_second)
    progress = Progress(screen.stream, 80)
    progress.event(Event(KERNEL))
    progress.event(Event(PACKAGES))
    progress.start()
    screen.until("... Kernel (and 1 more)")
    progress.event(Event(PACKAGES, result("packages")))
    screen.until("\r... Kernel  ")
    progress.above(lambda: print("a result", file=screen.stream, flush=True))
    screen.until("... Kernel")
    progress.stop()
    assert screen.lines() == ["a result", ""]


def test_the_line_fits_the_terminal(screen: Screen) -> None:
    """The real width is believed, not the one that was true at the start."""
    import fcntl
    import struct
    import termios

    progress = Progress(screen.stream, 80)
    progress.event(Event(planned("long", "A title that is much longer than this narrow screen")))
    fcntl.ioctl(screen.stream.fileno(), termios.TIOCSWINSZ, struct.pack("HHHH", 24, 30, 0, 0))
    progress.start()
    screen.until("A title")
    progress.stop()
    assert all(len(part) < 30 for part in re.split(r"[\r\n]", screen.received))


def test_results_come_in_order(screen: Screen) -> None:
    """A result waits for those before it; at an early end, what was settled is still shown."""
    order = ["chapter2.python", "chapter2.pip", "chapter2.packages", "chapter2.kernel"]
    with LiveText(Page(), screen.stream, order, lambda one: one, moving=False) as live:
        live.begin("header")
        live.event(Event(planned("pip", "pip and venv"), result("pip")))
        live.event(Event(planned("python", "Python"), result("python")))
        live.event(Event(KERNEL, result("kernel")))
        live.end("ending")
    assert [line[8:20].strip() or line for line in screen.lines()[:5]] == [
        "header",
        "Python",
        "pip and venv",
        "Kernel",
        "ending",
    ]


def test_private_things_are_taken_out_before_they_are_shown(screen: Screen) -> None:
    """A result passes the scrubber on its way to the screen."""
    live = LiveText(
        Page(),
        screen.stream,
        ["chapter2.python"],
        lambda one: replace(one, summary="***"),
        moving=False,
    )
    live.event(Event(planned("python", "Python"), result("python")))
    assert screen.lines()[0] == "  ok    Python        ***"


def test_an_error_ends_the_line() -> None:
    """As a context manager it stops its thread, whatever went wrong inside."""
    before = {*threading.enumerate()}
    with (
        pytest.raises(KeyboardInterrupt),
        LiveText(Page(), sys.stdout, [], lambda one: one, moving=True) as live,
    ):
        live.begin("header")
        raise KeyboardInterrupt
    deadline = time.monotonic() + within(5)
    while {*threading.enumerate()} - before and time.monotonic() < deadline:
        threading.Event().wait(0.05)
    assert not {*threading.enumerate()} - before
