"""A line that cells show in red again and again, because of a setting of the learner's: a font that
their matplotlibrc or a start-up file asks for, and that this machine does not have.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from envcheck import Diagnosis, Environment, Severity
from envcheck_checks.cells.codes import CELL_SHOWS_ERROR_TEXT
from envcheck_checks.diagnosis import order
from envcheck_checks.diagnosis.failure import Failure, Trial
from envcheck_checks.kernel.answers import End, Start
from envcheck_checks.kernel.retry import retry_kernel

MANY = 3  # times in one cell: what is said once may well be meant


def warnings(env: Environment, line: str, works: Trial) -> list[Diagnosis]:
    """The setting without which the line is not shown; nothing where there is none. `works` runs the
    cell in a fresh kernel, and says whether it is then without that line.
    """
    what = "cells show the same line in red again and again, though they work"
    failure = Failure(what, line, retry=retry_kernel(works, Start(End.REPLIED, 0.0), what))
    cause = order.first_cause(env, failure, order.SETTINGS)
    if cause is None:
        return []
    return [replace(cause, code=CELL_SHOWS_ERROR_TEXT, severity=Severity.WARNING)]


def repeated(red: str) -> str:
    """The line that comes most often, if it does so often enough; empty where none does."""
    lines = Counter(line.strip() for line in red.splitlines() if line.strip())
    line, times = next(iter(lines.most_common(1)), ("", 0))
    return line if times >= MANY else ""
