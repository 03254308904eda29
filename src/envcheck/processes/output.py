"""What a program prints, kept within bounds: the beginning and the end, and how much there was."""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from typing import IO

from envcheck.processes.decoding import decoded

CHUNK = 65_536


class Collector:
    """Reads a pipe to its end in a thread of its own, so that a program is never stopped by a full
    pipe.

    Keeps the first `head` bytes and the last `tail` bytes; `total` counts everything.
    """

    def __init__(self, pipe: IO[bytes], head: int, tail: int = CHUNK) -> None:
        self.total = 0
        self._head = bytearray()
        self._head_limit = head
        self._tail: deque[bytes] = deque()
        self._tail_size = 0
        self._tail_limit = tail
        self._lock = threading.Lock()
        self._news = threading.Condition(self._lock)
        self._pipe = pipe
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        try:
            while chunk := self._pipe.read1(CHUNK):  # type: ignore[attr-defined]  # Popen's pipes are BufferedReader
                with self._lock:
                    self._keep(chunk)
                    self._news.notify_all()
        except (OSError, ValueError):  # the pipe was closed under us: nothing more will come
            return
        finally:
            # Here and nowhere else: closing a pipe that another thread reads waits for whoever
            # holds its other end.
            with contextlib.suppress(OSError):
                self._pipe.close()
            with self._lock:
                self._over.set()
                self._news.notify_all()

    def _keep(self, chunk: bytes) -> None:
        self.total += len(chunk)
        room = self._head_limit - len(self._head)
        self._head += chunk[:room]
        rest = chunk[room:] if room > 0 else chunk
        if rest:
            self._tail.append(rest)
            self._tail_size += len(rest)
        while self._tail and self._tail_size - len(self._tail[0]) >= self._tail_limit:
            self._tail_size -= len(self._tail.popleft())

    def finish(self, grace: float) -> bool:
        """Wait up to `grace` seconds for the end; False when somebody still holds the pipe, maybe
        for ever.
        """
        self._thread.join(grace)
        return not self._thread.is_alive()

    def settle(self, expected: str, quiet: float, at_most: float) -> None:
        """Wait until `expected` has been read and nothing more came for `quiet` seconds, or the pipe is
        at its end, or `at_most` seconds are over.
        """
        end = time.monotonic() + at_most
        total = -1
        while not self._over.is_set() and (left := end - time.monotonic()) > 0:
            there = expected in self.text()
            if there and self.total == total:
                return
            total = self.total
            with self._lock:
                if not self._over.is_set() and self.total == total:
                    self._news.wait(min(quiet, left) if there else left)

    def text(self) -> str:
        """What was kept; a gap is marked."""
        with self._lock:
            head, tail = bytes(self._head), b"".join(self._tail)
        left_out = self.total - len(head) - len(tail)
        gap = f"\n[... {left_out} bytes left out ...]\n".encode() if left_out > 0 else b""
        return decoded(head + gap + tail).replace("\r\n", "\n")
