"""The name that a learner chooses for their report. It is the one thing of theirs that a report
shows.
"""

from __future__ import annotations

from envcheck.errors import UsageProblem
from envcheck.printable import STEERING

LONGEST = 64  # characters


class Alias(str):
    """Shown as it was chosen: no name in it is taken out as private."""

    __slots__ = ()


def chosen(text: str) -> Alias:
    """The alias that these words mean. Raises UsageProblem."""
    alias = " ".join(text.split())
    if not alias or len(alias) > LONGEST or STEERING.search(alias):
        raise UsageProblem(
            f"--as {text[:LONGEST]!r}: it takes a name of 1 to {LONGEST} letters, such as --as anna"
        )
    return Alias(alias)
