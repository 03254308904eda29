"""What is said while a fix works: lines that stay, and on a terminal one moving line for a step
that takes its time.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TextIO

from envcheck.printable import for_a_log, one_line
from envcheck.reports.words import columns

EVERY = 10.0  # seconds between two lines where no line can move
AGAIN = 60.0  # seconds after which the same words are said again: it still works
TYPED = 2  # columns that a terminal puts behind the line when Ctrl-C is pressed: ^C


@dataclass
class Working:
    """`moving`: the stream is a terminal, whose last line can be written over."""

    stream: TextIO
    width: int
    moving: bool

    def __post_init__(self) -> None:
        self._shown = 0
        self._last_shown = ("", 0.0)

    def line(self, text: str) -> None:
        """Something that stays."""
        if self._shown:
            self.stream.write("\r" + " " * (self._shown + TYPED) + "\r")
            self._shown = 0
        self.stream.write(f"{for_a_log(text)}\n")
        self.stream.flush()

    def tick(self, seconds: float, text: str) -> None:
        """A step has run for so long, and says this."""
        words = self._fitted(
            f"... {seconds:.0f} s: {one_line(text)}" if one_line(text) else f"... {seconds:.0f} s"
        )
        if self.moving:
            blanks = max(self._shown - columns(words), 0)
            self.stream.write(f"\r{words}{' ' * blanks}")
            self.stream.flush()
            self._shown = columns(words)
        elif self._due(seconds, text):
            self.line(words)

    def _due(self, seconds: float, text: str) -> bool:
        last_text, when = self._last_shown
        if seconds < when:  # another step
            last_text, when = "", 0.0
        due = seconds - when >= (EVERY if text != last_text else AGAIN)
        self._last_shown = (text, seconds) if due else (last_text, when)
        return due

    def _fitted(self, text: str) -> str:
        room = max(min(self.width, self._terminal()) - 1 - TYPED, len("..."))
        if columns(text) <= room:
            return text
        while columns(text) > room - 3:
            text = text[:-1]
        return f"{text}..."

    def _terminal(self) -> int:
        try:
            return os.get_terminal_size(self.stream.fileno()).columns or self.width
        except (OSError, ValueError):
            return self.width
