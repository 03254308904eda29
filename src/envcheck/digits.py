"""The one reader of numbers in texts that somebody else has written: a number, or nothing."""

from __future__ import annotations


def whole_number(text: str) -> int | None:
    """As the learner's Python reads it (blanks around it, `8_888`); None for what it refuses:
    `tcp://10.96.0.1:8888`, `²`, more than 4300 digits.
    """
    try:
        return int(text)
    except ValueError:
        return None
