"""What a page shows in red above a cell's result, though the cell works: the traceback of a package
that was tried and given up, or a warning that one does not fit another.
"""

from __future__ import annotations

import re

from envcheck import Diagnosis, Environment, Fix, warn
from envcheck.fixes.advice import ask_teacher
from envcheck.target.interpreter import interpreter
from envcheck_checks.cells import unfit_neighbour
from envcheck_checks.cells.codes import CELL_SHOWS_ERROR_TEXT
from envcheck_checks.installed import blame

# A warning of Python's is red too, and is no error.
ERROR = re.compile(r"^(?:[\w.]+\.)?[A-Z]\w*(?:Error|Exception): .*$", re.MULTILINE)


def warnings(env: Environment, red: str) -> list[Diagnosis]:
    """What is behind an error that is shown, or a word that two packages do not fit; nothing where
    none is.
    """
    return [*_errors(env, red), *unfit_neighbour.warnings(env, red)]


def _errors(env: Environment, red: str) -> list[Diagnosis]:
    errors = ERROR.findall(red)
    if not errors and blame.TRACEBACK not in red:
        return []
    blamed = blame.blame(interpreter(env), red)
    words = f"{blame.in_words(interpreter(env), blamed)}, and " if blamed else ""
    fixes: tuple[Fix, ...] = blame.fitting(env, blamed) if blamed else (ask_teacher(),)
    return [
        warn(
            CELL_SHOWS_ERROR_TEXT,
            f"{words}notebooks show an error text in red although their cells work",
            *fixes,
            found=(errors[-1] if errors else red.strip().splitlines()[0])[:300],
            wanted="cells that show their results alone",
            looked_in="a running kernel",
        )
    ]
