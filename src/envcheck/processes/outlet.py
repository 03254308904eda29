"""A stream of ours that no fault of its reader can break: one who went away, a full disk, a
terminal that is gone.
"""

from __future__ import annotations

import contextlib
import io
import os
import select
import sys
from io import RawIOBase
from typing import cast

from envcheck.processes.console import is_console

PATIENCE = 10.0  # seconds for a reader who has asked never to be waited for to make room


class Outlet(io.TextIOBase):
    """Writes at once and holds nothing back. What cannot be written ends the writing, not the run.

    `lost` says why what was written is not there; it stays empty for a reader who had enough, as
    `| head` does. With `owned` the number is closed by `close`.
    """

    encoding = "utf-8"
    errors: str | None = "replace"

    def __init__(self, number: int, *, owned: bool = False) -> None:
        self._raw = cast(RawIOBase, open(number, "wb", buffering=0, closefd=owned))  # noqa: SIM115  # it has a number and no path
        self._ended = False
        self.lost = ""

    def writable(self) -> bool:
        """True, as a text stream answers."""
        return True

    def isatty(self) -> bool:
        """Whether a person reads it at a terminal."""
        return not self._ended and is_console(self._raw)

    def fileno(self) -> int:
        """The number of the file."""
        return self._raw.fileno()

    def write(self, text: str) -> int:
        """Write at once. Returns the length of the text, whether or not anybody could read it."""
        data = memoryview(text.replace("\n", os.linesep).encode("utf-8", "replace"))
        while data and not self._ended:
            data = data[self._write(data) :]
        return len(text)

    def close(self) -> None:
        """End the writing. Later words go nowhere."""
        self._ended = True
        with contextlib.suppress(OSError):
            self._raw.close()

    def _write(self, data: memoryview) -> int:
        """How many bytes were taken. Nothing is written after the first failure: what came later
        would not follow on.
        """
        try:
            taken = self._raw.write(data)
            if taken is None and not _has_room(self._raw):
                raise TimeoutError("nobody reads it")
        except OSError as error:
            self._ended = True
            if not isinstance(error, BrokenPipeError):
                self.lost = error.strerror or str(error)
            return 0
        return taken or 0


def _has_room(raw: RawIOBase) -> bool:
    """Wait until a stream that does not make its writer wait (O_NONBLOCK) takes more."""
    return sys.platform != "win32" and bool(select.select([], [raw], [], PATIENCE)[1])
