"""What a program said of a copy of ours is told of the learner's own file: ours is gone when they read
it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

from envcheck.run.rebuild import with_parts

V = TypeVar("V")


def named_as_theirs(value: V, copies: Mapping[Path, Path]) -> V:
    """The value with every copy in its texts called by the name of what it was made of."""
    if not copies:
        return value
    if type(value) is str:
        return _text(value, copies)  # type: ignore[return-value, arg-type]  # a str gives a str
    return with_parts(value, partial(named_as_theirs, copies=copies))


def _text(text: str, copies: Mapping[Path, Path]) -> str:
    for copy, own in copies.items():
        text = text.replace(str(copy), str(own))
    return text
