"""What a check prints by itself: kept out of the report's stream, bounded, and laid to its owner."""

from __future__ import annotations

import io
import threading

LIMIT = 1_000_000  # characters; a check that prints more is stopped


class PrintsWithoutEnd(RuntimeError):
    """Raised inside a check that prints more than LIMIT characters."""


class Stray(io.TextIOBase):
    """Stands in for sys.stdout while checks run. Each thread's text is counted, its beginning kept, none of it shown."""

    def __init__(self) -> None:
        self._mine = threading.local()

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
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
