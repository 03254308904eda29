"""No text in a report is longer than a person reads: what others wrote, a name or a message, may have
millions of letters.
"""

from __future__ import annotations

from dataclasses import is_dataclass
from typing import TypeVar

from envcheck.model import Confidence, Fix, Step, Tell
from envcheck.printable import shortened
from envcheck.run.rebuild import with_parts

V = TypeVar("V")
LONGEST = 4000  # characters: a path has that many at most
# Characters of a step: Windows starts no longer command line, and nobody pastes one.
LONGEST_STEP = 32_000
TOO_LONG = "The lines for this are too long to be shown or typed. Your teacher can help."


def bounded(value: V) -> V:
    """The value with every long text in it cut. What a step does is never cut: one that is too long
    becomes a person's.
    """
    if type(value) is str:
        return shortened(value, LONGEST)  # type: ignore[return-value, arg-type]  # a str gives a str
    if isinstance(value, Fix):
        return _fix(value)  # type: ignore[return-value]  # a Fix gives one
    changed: V = with_parts(value, bounded)
    return changed


def _fix(fix: Fix) -> Fix:
    title = shortened(fix.title, LONGEST)
    if sum(map(_length, fix.steps)) > LONGEST_STEP:
        return Fix(title, (Tell(TOO_LONG),), Confidence.ASK)
    steps = tuple(bounded(step) if isinstance(step, Tell) else step for step in fix.steps)
    return Fix(title, steps, fix.confidence) if title != fix.title or steps != fix.steps else fix


def _length(step: Step) -> int:
    """The characters of a line that does it."""
    return 0 if isinstance(step, Tell) else sum(len(text) + 1 for text in _texts(step))


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    items = (
        vars(value).values() if is_dataclass(value) else value if isinstance(value, tuple) else ()
    )
    return [text for item in items for text in _texts(item)]
