"""SSLKEYLOGFILE names a file to which nothing can be written: Python then opens no https address,
and pip none either. A course on networks leaves it behind, and so do antivirus programs.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from envcheck import Diagnosis, Environment, Severity, fail
from envcheck_checks.interference.shown import shown
from envcheck_checks.interference.variables import unset
from envcheck_checks.machine.write_access import write_error
from envcheck_checks.python.codes import KEY_LOG_BLOCKED

NAME = "SSLKEYLOGFILE"


def warnings(env: Environment) -> list[Diagnosis]:
    """A warning where all that the chapter needs is there already."""
    diagnosis = diagnose(env, "pip installs nothing, and no `https` address can be opened")
    return [] if diagnosis is None else [replace(diagnosis, severity=Severity.WARNING)]


def diagnose(env: Environment, what: str) -> Diagnosis | None:
    """None where keys can be written there, or nobody asked for them; `what` does not work then."""
    value = env.variables.get("SSLKEYLOGFILE", "")
    error = _refused(Path(value)) if value else None
    if error is None:
        return None
    return fail(
        KEY_LOG_BLOCKED,
        f"{NAME} names a file to which nothing can be written, so {what}",
        unset(NAME),
        found=f"{shown(NAME, value)} ({error.strerror})",
        wanted=f"{NAME} not set",
        looked_in="the variables of this terminal",
    )


def _refused(file: Path) -> OSError | None:
    """Why OpenSSL cannot open this file to write at its end; nothing is written, and none is made.
    A pipe or a device is left alone.
    """
    place = Path(os.path.realpath(file))
    if not os.path.lexists(place) and os.path.isdir(place.parent):
        return write_error(place.parent)
    if os.path.exists(place) and not os.path.isfile(place) and not os.path.isdir(place):
        return None
    try:
        os.close(os.open(place, os.O_WRONLY | os.O_APPEND))
    except OSError as error:
        return error
    return None
