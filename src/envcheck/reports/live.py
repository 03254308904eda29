"""The console while checks run: result lines as they are settled, and one line on what is running
now.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import TextIO

from envcheck.printable import one_line, without_commands
from envcheck.reports.text import Page, Shown
from envcheck.reports.words import columns
from envcheck.run.plan import Planned
from envcheck.run.result import CheckResult
from envcheck.run.runner import Event

TICK = 0.2  # seconds between two drawings
SLOW = 3.0  # seconds after which a running check says why it takes its time
LATE = 10.0  # seconds after which it is called slow, not broken
TYPED = 2  # columns that a terminal puts behind the line when Ctrl-C is pressed: ^C


@dataclass
class Progress:
    """The moving line on stderr. Needs no terminal codes: it is written over with blanks."""

    stream: TextIO
    width: int

    def __post_init__(self) -> None:
        self._running: dict[str, tuple[Planned, float]] = {}
        self._shown = 0
        self._lock = threading.RLock()  # Ctrl-C may come while the main thread holds it
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tick, daemon=True)

    def start(self) -> None:
        """Show the line from now on."""
        self._thread.start()

    def event(self, event: Event) -> None:
        """Take note of a check that began or ended."""
        with self._lock:
            if event.result is None:
                self._running[event.planned.id] = (event.planned, time.monotonic())
            else:
                self._running.pop(event.planned.id, None)

    def above(self, write: Callable[[], None]) -> None:
        """Write something that stays, with the moving line out of its way."""
        with self._lock:
            self._clear()
            write()

    def stop(self) -> None:
        """Take the line away for good; what is written after this has the screen for itself."""
        self._over.set()
        with self._lock:
            self._clear(TYPED)

    def _tick(self) -> None:
        while not self._over.wait(TICK):
            with self._lock:
                if not self._over.is_set():
                    self._draw()

    def _draw(self) -> None:
        """Over the old line in one write, so that nothing flickers; a terminal that became narrower
        is believed at once.
        """
        room = min(self.width, self._terminal())
        text = sentence(tuple(self._running.values()), time.monotonic(), room - 1 - TYPED)
        blanks = max(min(self._shown, room - 1) - columns(text), 0)
        self.stream.write(f"\r{text}{' ' * blanks}{chr(8) * blanks}")
        self.stream.flush()
        self._shown = columns(text)

    def _clear(self, more: int = 0) -> None:
        if self._shown:
            blanks = min(self._shown + more, self._terminal() - 1)
            self.stream.write("\r" + " " * blanks + "\r")
            self.stream.flush()
            self._shown = 0

    def _terminal(self) -> int:
        try:
            return max(os.get_terminal_size(self.stream.fileno()).columns or self.width, 10)
        except (OSError, ValueError):  # not a terminal, or closed
            return self.width


def sentence(running: Sequence[tuple[Planned, float]], now: float, room: int) -> str:
    """What has been running longest, for how long, and a word on why a slow thing is slow; as much
    as there is room for.
    """
    if not running:
        return ""
    planned, begun = min(running, key=lambda row: row[1])
    age = now - begun
    lead = f"... {one_line(planned.check.title)}" + (f", {age:.0f} s" if age >= 1 else "")
    others = f" (and {len(running) - 1} more)" if len(running) > 1 else ""
    slow = ["slow, still waiting"] if age >= LATE else []
    slow += (
        [one_line(planned.check.slow_because)] if age >= SLOW and planned.check.slow_because else []
    )
    reason = f": {'; '.join(slow)}" if slow else ""
    for text in (lead + others + reason, lead + reason):
        if columns(text) <= room:
            return text
    return _cut(lead + (reason or others), room)


def _cut(text: str, room: int) -> str:
    """At a word's end, with a sign that there was more."""
    while columns(text) > room - 4 and " " in text[4:]:
        text = text.rpartition(" ")[0]
    while columns(text) > room - 4 and text:
        text = text[:-1]
    return f"{text.rstrip(',:;')} ..."


class LiveText:
    """Prints each result as soon as all before it in the chapter have theirs, so the page reads in
    order.

    As a context manager it leaves a clean line behind, however the run ends.
    """

    def __init__(
        self,
        page: Page,
        out: TextIO,
        order: Sequence[str],
        scrub: Callable[[CheckResult], CheckResult],
        *,
        moving: bool,
    ) -> None:
        self._page = page
        self._out = out
        self._order = list(order)
        self._settled: dict[str, CheckResult] = {}
        self._scrub = scrub
        self._shown_diagnoses = Shown()
        self._progress = Progress(sys.stderr, page.width) if moving else None

    def __enter__(self) -> LiveText:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def begin(self, header: str) -> None:
        """The start of the page."""
        self._write(header)
        if self._progress is not None:
            self._progress.start()

    def event(self, event: Event) -> None:
        """Print what has its turn now; hold back the rest."""
        if self._progress is not None:
            self._progress.event(event)
        if event.result is None:
            return
        self._settled[event.planned.id] = self._scrub(event.result)
        while self._order and self._order[0] in self._settled:
            self._show(self._settled[self._order.pop(0)])

    def end(self, ending: str) -> None:
        """The end of the page; after an interruption, first what was settled but had to wait for
        its turn.
        """
        if self._progress is not None:
            self._progress.stop()
        for name in self._order:
            self._show(self._settled.get(name))
        self._write(ending)

    def _show(self, result: CheckResult | None) -> None:
        if result is not None and self._page.shows(result):
            self._write(self._page.line(result, self._shown_diagnoses))

    def _write(self, text: str) -> None:
        def write() -> None:
            self._out.write(without_commands(text) + "\n")
            self._out.flush()

        if self._progress is None:
            write()
        else:
            self._progress.above(write)
