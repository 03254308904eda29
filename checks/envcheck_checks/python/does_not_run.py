"""A Python that gave no answer: what stands behind it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from envcheck import Diagnosis, Environment, Outcome, fail
from envcheck.processes.process import how_it_ended
from envcheck.target.interpreter import Trouble, Unusable
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.diagnosis.machine import find_full_disk, find_low_limit
from envcheck_checks.diagnosis.order import OTHER_VARIABLES, SETTINGS, Causes, judge
from envcheck_checks.python import conda, conda_environment, stand_in, start_files, trial
from envcheck_checks.python.codes import (
    PYTHON_DOES_NOT_START,
    PYTHON_ENVIRONMENT_BROKEN,
    PYTHON_HANGS,
    PYTHON_NOT_EXECUTABLE,
    PYTHON_NOT_FOUND,
    PYTHON_NOT_PYTHON,
)
from envcheck_checks.python.replacement import Wanted, instead, moved_here

CANNOT_RESOLVE = 1921  # Windows' number for links in a circle


def diagnose(env: Environment, dead: Unusable, wanted: Wanted) -> Outcome:
    """Why this command is not a Python that can be used, and which one to use instead."""
    command = dead.command[0]
    if env.located.trouble:
        return conda.not_on_path(env, wanted.versions) or _nothing(env, wanted)
    if dead.trouble is Trouble.MISSING:
        return (
            conda_environment.diagnose(env, wanted)
            or stand_in.diagnose(env, dead, wanted)
            or _missing(env, command, wanted)
        )
    if dead.trouble is Trouble.NOT_ALLOWED:
        return _not_allowed(env, command, wanted)
    failure = Failure(
        "Python cannot start",
        dead.finished.last_words,
        retry=trial.retry_start(env, dead),
        hung=dead.trouble is Trouble.HANGS,
    )
    unexplained = _hangs if dead.trouble is Trouble.HANGS else _other
    return judge(env, failure, causes_of(dead, wanted), lambda: unexplained(env, dead, wanted))


def causes_of(dead: Unusable, wanted: Wanted) -> Causes:
    """The causes why this Python gave no answer, of which some offer another in its place.

    Not asked: loopback, since Python talks to nobody as it starts; and what is wrong with its
    packages, since only the Python itself could list them. Leaving out start-up files takes
    longest, and is last.
    """

    def find_stub(env: Environment, _failure: Failure) -> Diagnosis | None:
        return stand_in.diagnose(env, dead, wanted)

    def find_start_file(env: Environment, _failure: Failure) -> Diagnosis | None:
        return start_files.diagnose(env, dead, lambda: instead(env, wanted))

    return (
        find_low_limit,
        find_full_disk,
        find_stub,
        *SETTINGS,
        *OTHER_VARIABLES,
        find_start_file,
    )


def _nothing(env: Environment, wanted: Wanted) -> Diagnosis:
    trouble = env.located.trouble
    return fail(
        PYTHON_NOT_FOUND,
        trouble,
        *instead(env, wanted),
        wanted=f"Python {wanted.versions}",
        looked_in="this machine",
    )


def _hangs(env: Environment, dead: Unusable, wanted: Wanted) -> Diagnosis:
    return fail(
        PYTHON_HANGS,
        "this Python starts and then gives no answer",
        *instead(env, wanted),
        found=f"no answer within {dead.finished.seconds:.0f} s",
        looked_in=dead.command[0],
        note="a start-up file (sitecustomize.py, usercustomize.py or a .pth file) that waits for something does this",
    )


def _missing(env: Environment, command: str, wanted: Wanted) -> Diagnosis:
    link = Path(command)
    if _leads_back(link):
        return fail(
            PYTHON_ENVIRONMENT_BROKEN,
            "the Python of this environment is a link that leads back to itself, and to no Python",
            *instead(env, wanted),
            found=f"{command} -> {link.readlink()}",
            wanted="an installed Python",
            looked_in=command,
            note="a link that was made by hand, or a copy of an environment, does this",
        )
    if os.path.islink(link):
        return fail(
            PYTHON_ENVIRONMENT_BROKEN,
            "the Python of this environment is a link to a Python that is no longer there",
            *instead(env, wanted),
            found=f"{command} -> {link.readlink()}",
            wanted="an installed Python",
            looked_in=command,
            note="this happens when the Python that the environment was made from is upgraded or removed",
        )
    return moved_here(env, command, wanted) or fail(
        PYTHON_NOT_FOUND,
        f"there is no program at {command}",
        *instead(env, wanted),
        found="nothing",
        looked_in=command,
    )


def _leads_back(link: Path) -> bool:
    try:
        link.stat()
    except OSError as error:
        circle = error.errno == errno.ELOOP or getattr(error, "winerror", None) == CANNOT_RESOLVE
        return circle and os.path.islink(link)
    return False


def _not_allowed(env: Environment, command: str, wanted: Wanted) -> Diagnosis:
    return fail(
        PYTHON_NOT_EXECUTABLE,
        "this Python may not be started: permission denied",
        *instead(env, wanted),
        found="permission denied",
        looked_in=command,
        note="the file is not executable, or lies on a disk that allows no programs (noexec)",
    )


def _other(env: Environment, dead: Unusable, wanted: Wanted) -> Diagnosis:
    if dead.trouble is Trouble.NOT_PYTHON:
        return fail(
            PYTHON_NOT_PYTHON,
            "the program that was named is not a Python: it ran, and did not do what a Python does",
            *instead(env, wanted),
            found=dead.finished.last_words or "it printed nothing",
            looked_in=dead.command[0],
        )
    ended = how_it_ended(dead.finished.code)
    return fail(
        PYTHON_DOES_NOT_START,
        "this Python ends as soon as it is started",
        *instead(env, wanted),
        found=f"{ended}: {dead.finished.last_words}" if dead.finished.last_words else ended,
        looked_in=dead.command[0],
    )
