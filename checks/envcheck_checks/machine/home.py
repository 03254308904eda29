"""The learner's home folder: whether it is there, or can be made, so that programs keep their files
in it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, SetEnv, fail, places
from envcheck.fixes.advice import tell
from envcheck.target.home import home_of, registered_home
from envcheck_checks.machine.blocked_path import find_blocker
from envcheck_checks.machine.codes import HOME_MISSING
from envcheck_checks.machine.ownership import owner
from envcheck_checks.machine.write_access import existing, write_error

VARIABLE = "USERPROFILE" if sys.platform == "win32" else "HOME"


def diagnose(env: Environment) -> Diagnosis | None:
    """The home is not there and cannot be made: what programs keep in it has no place."""
    home = home_of(env.variables)
    why = _why_missing(home)
    if not why:
        return None
    named = VARIABLE in env.variables
    return fail(
        HOME_MISSING,
        f"your home folder is not there{f': {VARIABLE} names it' if named else ''}; programs that keep files in it, "
        "as Jupyter does, cannot work",
        _fix(home, named=named),
        found=f"{VARIABLE}={home}" if named else str(home),
        wanted="a folder of your own that you may write to",
        looked_in=why,
    )


def diagnose_of_another(env: Environment, place: Path) -> Diagnosis | None:
    """A folder below the home cannot be written to, as nothing in it can, and the system has
    another home for this person: after `su` without `-`, or where a program's folder was set.
    """
    home, own = home_of(env.variables), registered_home()
    if VARIABLE not in env.variables or own is None or places.same(home, own):
        return None
    if not places.lies_in(place, home) or not write_error(home) or not _is_usable(own):
        return None
    return fail(
        HOME_MISSING,
        f"{VARIABLE} names a folder that is not your home, and you may not write to it; programs that keep files in "
        "your home, as Jupyter does, cannot work",
        _fix(home, named=True),
        found=f"{_as_set(env, home)} ({owner(home)})",
        wanted=f"{VARIABLE}={own}",
        looked_in=str(place),
    )


def diagnose_none(env: Environment) -> Diagnosis | None:
    """There is no home at all: no variable names one, and this user is not on the system's list, as
    in many containers.
    """
    if sys.platform == "win32" or env.variables.get(VARIABLE) or registered_home() is not None:
        return None
    return fail(
        HOME_MISSING,
        "you have no home folder: HOME is not set, and this machine has no name for your user id; programs that keep "
        "files in it, as pip and Jupyter do, cannot work",
        _fix(Path(os.sep), named=False),
        found=f"no HOME, user id {os.getuid()}",
        wanted="a folder of your own that you may write to",
        looked_in="HOME and the list of users",
    )


def _as_set(env: Environment, home: Path) -> str:
    if env.variables.get(VARIABLE):
        return f"{VARIABLE}={home}"
    return f"{VARIABLE} is set to nothing, which programs take for {home}"


def _why_missing(home: Path) -> str:
    """Where it would have to be made, and why it cannot; empty where it is there, a program can
    make it, or something stands in its place, which the folders in it tell of.
    """
    if os.path.isdir(home) or find_blocker(home):  # never raises
        return ""
    place = existing(home)
    error = write_error(place)
    return f"{place}, in which it cannot be made ({error.strerror})" if error else ""


def _is_usable(home: Path) -> bool:
    return os.path.isdir(home) and not write_error(home)


def _fix(home: Path, *, named: bool) -> Fix:
    """The home that the system has for this person, where the variable leads elsewhere."""
    own = registered_home()
    if named and own is not None and own != home and _is_usable(own):
        return Fix("use the home folder that the system has for you", (SetEnv("HOME", str(own)),))
    return tell(
        "get a home folder",
        f"Set {VARIABLE} to a folder of your own that you may write to, then run envcheck again.",
        "Or ask the administrator of this machine to make your home folder.",
    )
