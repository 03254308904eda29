"""The course's environment lies below a folder whose name has the mark that stands between two entries of
PATH: activated, it is looked for in two folders that are not there.
"""

from __future__ import annotations

from dataclasses import replace

from envcheck import Confidence, Diagnosis, Environment, fail
from envcheck.fixes import standing
from envcheck.fixes.advice import new_environment
from envcheck.path_lists import separator
from envcheck.target.interpreter import Interpreter
from envcheck_checks.python.codes import ENVIRONMENT_SPLITS_PATH
from envcheck_checks.python.replacement import Wanted


def diagnose(env: Environment, python: Interpreter, wanted: Wanted) -> Diagnosis | None:
    """It works by its whole path, so that it was found, and no line that is typed meets it."""
    if standing.can_hold(python.prefix):
        return None
    elsewhere = new_environment(env, python, wanted.requirements)
    return fail(
        ENVIRONMENT_SPLITS_PATH,
        f"the course's environment cannot be activated: its folder has `{separator()}` in its name, and PATH is split there",
        replace(elsewhere, confidence=Confidence.ASK),  # the folder has another name sooner
        found=python.prefix,
        wanted=f"a folder without `{separator()}` in its name, nor in that of any above it",
        looked_in=env.located.rule,
    )
