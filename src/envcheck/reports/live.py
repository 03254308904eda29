"""The console while checks run: result lines as they are settled, and one line on what is running now."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TextIO

from envcheck.model import CheckResult
from envcheck.plan import Planned
from envcheck.reports.text import Page
from envcheck.runner import Event

SLOW = 3.0  # seconds after which a running check says why it takes its time
LATE = 10.0  # seconds after which it is called slow, not broken


@dataclass
class Progress:
    """The moving line on stderr. Needs no terminal codes: it is written over with blanks."""

    stream: TextIO
    width: int

    def __post_init__(self) -> None:
        self._running: dict[str, tuple[Planned, float]] = {}
        self._shown = 0
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tick, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def event(self, event: Event) -> None:
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
        self._over.set()
        with self._lock:
            self._clear()

    def _tick(self) -> None:
        while not self._over.wait(0.2):
            with self._lock:
                if not self._over.is_set():
                    self._draw()

    def _draw(self) -> None:
        text = self._text()[: self.width - 1]
        self.stream.write("\r" + text + " " * max(self._shown - len(text), 0))
        self.stream.flush()
        self._shown = len(text)

    def _clear(self) -> None:
        if self._shown:
            self.stream.write("\r" + " " * self._shown + "\r")
            self.stream.flush()
            self._shown = 0

    def _text(self) -> str:
        if not self._running:
            return "..."
        now = time.monotonic()
        planned, begun = min(self._running.values(), key=lambda one: one[1])
        age = now - begun
        reason = planned.check.slow_because if age >= SLOW else ""
        late = "slow, still waiting" if age >= LATE else ""
        words = "; ".join(word for word in (late, reason) if word)
        others = f" (and {len(self._running) - 1} more)" if len(self._running) > 1 else ""
        return f"... {planned.check.title}, {age:.0f} s{others}{': ' + words if words else ''}"


class LiveText:
    """Prints each result as soon as all before it in the chapter have theirs, so the page reads in order."""

    def __init__(self, page: Page, out: TextIO, order: Sequence[str], scrub: Callable[[CheckResult], CheckResult], *, moving: bool) -> None:
        self._page = page
        self._out = out
        self._order = list(order)
        self._settled: dict[str, CheckResult] = {}
        self._scrub = scrub
        self._progress = Progress(sys.stderr, page.width) if moving else None

    def begin(self, header: str) -> None:
        self._write(header)
        if self._progress is not None:
            self._progress.start()

    def event(self, event: Event) -> None:
        if self._progress is not None:
            self._progress.event(event)
        if event.result is None:
            return
        self._settled[event.planned.id] = self._scrub(event.result)
        while self._order and self._order[0] in self._settled:
            result = self._settled[self._order.pop(0)]
            if self._page.shows(result):
                self._write(self._page.line(result))

    def end(self, ending: str) -> None:
        if self._progress is not None:
            self._progress.stop()
        self._write(ending)

    def _write(self, text: str) -> None:
        def write() -> None:
            self._out.write(text + "\n")
            self._out.flush()

        if self._progress is None:
            write()
        else:
            self._progress.above(write)
