"""A Python that runs, and is of a version that the course does not take."""

from __future__ import annotations

from envcheck import Diagnosis, Environment, fail
from envcheck.target.interpreter import Interpreter
from envcheck.versions import allows, at_most, in_words
from envcheck_checks.python.codes import PYTHON_TOO_NEW, PYTHON_TOO_OLD
from envcheck_checks.python.replacement import Wanted, instead


def diagnose(env: Environment, python: Interpreter, wanted: Wanted) -> Diagnosis | None:
    """It is older than the course allows, or newer."""
    if allows(wanted.versions, python.version):
        return None
    old_two = python.version.startswith("2.")
    is_new = at_most(wanted.versions, python.version)
    return fail(
        PYTHON_TOO_NEW if is_new else PYTHON_TOO_OLD,
        f"this Python is version {python.version}{', Python 2,' if old_two else ''} and too "
        f"{'new' if is_new else 'old'} for the course",
        *instead(env, wanted),
        found=python.version,
        wanted=f"Python {in_words(wanted.versions)}",
        looked_in=python.executable,
        note="`python` still means Python 2 on this machine; `python3` is the usual name of the new one"
        if old_two
        else "",
    )
