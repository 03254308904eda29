"""What a check prints by itself: kept out of the report's stream, bounded, and laid to its owner.
And that stream.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import threading
from collections.abc import Iterator
from typing import TextIO, cast

from envcheck.processes.null_device import into_nothing
from envcheck.processes.outlet import Outlet

LIMIT = 1_000_000  # characters; a check that prints more is stopped


class PrintsWithoutEnd(RuntimeError):
    """Raised inside a check that prints more than LIMIT characters."""


class Stray(io.TextIOBase):
    """Stands in for sys.stdout while checks run. Each thread's text is counted, its beginning kept,
    none of it shown.
    """

    def __init__(self) -> None:
        self._mine = threading.local()

    def writable(self) -> bool:
        """True, as a text stream answers."""
        return True

    def write(self, text: str) -> int:
        """Count the text and keep its beginning. Raises PrintsWithoutEnd when it is too much."""
        count = getattr(self._mine, "count", 0) + len(text)
        self._mine.count = count
        if count <= 2000:
            self._mine.text = getattr(self._mine, "text", "") + text
        if count > LIMIT:
            raise PrintsWithoutEnd(f"it printed more than {LIMIT} characters")
        return len(text)

    def taken(self) -> str:
        """The beginning of what this thread has printed."""
        return str(getattr(self._mine, "text", ""))


@contextlib.contextmanager
def stdout_for_the_report_alone(restore: bool = True) -> Iterator[TextIO]:
    """Keep the real stdout for the report; what anything else prints, from Python or below it, does
    not get there.

    Without `restore` not even afterwards: a check that was given up may print until the process
    ends.
    """
    _silence_logs()
    real = sys.stdout
    try:
        kept = os.dup(real.fileno())
    except (OSError, ValueError):  # a test's own stream has no number
        sys.stdout = Stray()
        try:
            yield real
        finally:
            sys.stdout = real
        return
    real.flush()
    number = real.fileno()
    into_nothing(number)
    out = Outlet(kept, owned=True)
    sys.stdout = Stray()
    try:
        yield cast(TextIO, out)  # what a report needs of it: write, flush, isatty
    finally:
        if restore:
            os.dup2(kept, number)
            sys.stdout = real
        out.close()
        if isinstance(real, Outlet):
            real.lost = real.lost or out.lost


def own_streams() -> None:
    """Where the caller closed stdin, stdout or stderr (`>&-`), put an empty one: its number would
    go to our next file. And whatever is behind stdout and stderr, writing to them raises nothing.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            into_nothing(number)
    for name, number in (("stdout", 1), ("stderr", 2)):
        if getattr(sys, name) is getattr(sys, f"__{name}__"):  # a test's own stream stays
            setattr(sys, name, Outlet(number))


def _silence_logs() -> None:
    """What the libraries that we use log (tornado, asyncio, jupyter_client) is for nobody's screen:
    without a handler of ours Python writes it to stderr, tracebacks too.
    """
    import logging

    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.NullHandler())


def stream_error(stream: TextIO) -> str:
    """Why what was written to a stream is not there, or nothing."""
    return stream.lost if isinstance(stream, Outlet) else ""
