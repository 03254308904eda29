"""A check that a course does not count for a while."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Waiver:
    """Why a check does not count, and `until` which day, that day included. `ended`: that day has
    passed on the learner's calendar, and the check counts again.
    """

    why: str
    until: datetime.date
    ended: bool = False

    def on(self, day: datetime.date) -> Waiver:
        """The same, as it holds on this day."""
        return replace(self, ended=day > self.until)
