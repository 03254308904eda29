"""A place where learners will stumble."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Stumble:
    """A fault of the course's: `text` is a sentence without its place."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}  {self.text}"
