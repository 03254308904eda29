"""What a run says of reports that still wait: it sends nothing, and imports nothing that could."""

from __future__ import annotations

import datetime

from envcheck.sending import unsent
from envcheck.sending.person import Counter, Person
from envcheck.sentences import number_of


def remind(person: Person, counter: Counter) -> None:
    """One line where a report still waits."""
    waiting = [*unsent.waiting(counter.folder)] if counter.folder else []
    if waiting:
        last = _day(waiting[0].since + unsent.KEPT_FOR)
        person.say(
            f"{number_of(len(waiting), 'report')} for your class could not be sent yet. "
            f"Until {last} this sends it:"
        )
        person.show(f"    {counter.send}")


def _day(seconds: float) -> str:
    return datetime.datetime.fromtimestamp(seconds).strftime("%d %B")
