"""A line that cells show in red again and again, because of a setting of the learner's: a font that
their matplotlibrc or a start-up file asks for, and that this machine does not have; or lines of one
sender, as of a start-up file that has Python's logging tell everything.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from envcheck import Diagnosis, Environment, Severity
from envcheck_checks.cells.codes import CELL_SHOWS_ERROR_TEXT
from envcheck_checks.diagnosis import order
from envcheck_checks.diagnosis.failure import Failure, Trial
from envcheck_checks.kernel.answers import End, Start
from envcheck_checks.kernel.retry import retry_kernel

# Not a disk of Windows', nor an error, which has words of its own
SENDER = re.compile(r"(?![\w.]*(?:Error|Exception|Warning):)([A-Za-z][\w.-]{2,}):")
MANY = 3  # times in one cell: what is said once may well be meant


def warnings(env: Environment, line: str, works: Trial) -> list[Diagnosis]:
    """The setting without which the line is not shown; nothing where there is none. `works` runs the
    cell in a fresh kernel, and says whether it is then without that line.
    """
    what = "cells show lines in red again and again, though they work"
    failure = Failure(what, line, retry=retry_kernel(works, Start(End.REPLIED, 0.0), what))
    cause = order.first_cause(env, failure, order.SETTINGS)
    if cause is None:
        return []
    return [replace(cause, code=CELL_SHOWS_ERROR_TEXT, severity=Severity.WARNING)]


def repeated(red: str) -> str:
    """The line that comes most often, or the beginning that most have, of one sender's; empty where
    none comes often enough.
    """
    lines = [line.strip() for line in red.splitlines() if line.strip()]
    senders = [f"{name}: ..." for line in lines if (name := sender(line))]
    for told in (lines, senders):
        line, times = next(iter(Counter(told).most_common(1)), ("", 0))
        if times >= MANY:
            return line
    return ""


def sender(line: str) -> str:
    """Who says so, where a line begins with that: `DEBUG:matplotlib:...`, `findfont: ...`; empty where
    it does not.
    """
    match = SENDER.match(line)
    return match[1] if match else ""


def is_like(line: str, other: str) -> bool:
    """Whether the two are one line, or one sender's."""
    return line == other or (bool(sender(line)) and sender(line) == sender(other))
