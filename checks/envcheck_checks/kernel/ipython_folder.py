"""The learner's own IPython folder: a kernel makes folders in its profile as it starts, and dies
where it cannot.

envcheck's kernels have a copy of the settings in a folder of envcheck's own: what those prove
nothing of is asked here, by IPython's rules (`IPython.paths.get_ipython_dir`,
`IPython.core.profiledir`): a folder that cannot be written to is replaced by a temporary one, a
profile in it is not.
"""

from __future__ import annotations

import os
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, Fix, fail
from envcheck.fixes.backup import move_aside
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.interference.private_folders import private_folders
from envcheck_checks.interference.variables import unset
from envcheck_checks.kernel.codes import IPYTHON_FOLDER_BLOCKED, IPYTHON_FOLDER_UNWRITABLE
from envcheck_checks.machine import home
from envcheck_checks.machine.blocked_path import describe, is_dead_link, kind_of
from envcheck_checks.machine.ownership import own_again, owner
from envcheck_checks.machine.read_access import read_error
from envcheck_checks.machine.write_access import write_error

MADE = ("security", "log", "pid", "startup")
HISTORY = "history.sqlite"  # one that cannot be read is given another name, and that may not fail


def diagnose(env: Environment, _failure: Failure) -> Diagnosis | None:
    """IPython's folder is no folder, or one in which it cannot make what it needs."""
    folder = private_folders(env).ipython
    if is_dead_link(folder):
        return _blocked(env, folder)
    if not os.path.isdir(folder) or write_error(folder):  # never raises
        return None
    profile = folder / "profile_default"
    if os.path.lexists(profile) and not os.path.isdir(profile):
        return _blocked(env, profile)
    return _unwritable(env, profile) if os.path.isdir(profile) else None


def _blocked(env: Environment, place: Path) -> Diagnosis:
    named = place.name != "profile_default" and "IPYTHONDIR" in env.variables
    sure = (
        Confidence.ASK if is_dead_link(place) else Confidence.SURE
    )  # the link may be waiting for its disk
    return fail(
        IPYTHON_FOLDER_BLOCKED,
        f"no kernel starts: {kind_of(place)} stands where IPython's folder belongs",
        unset("IPYTHONDIR")
        if named
        else Fix("move it aside; IPython makes the folder then", (move_aside(place),), sure),
        found=describe(place),
        wanted="a folder, or nothing: IPython makes it then",
        looked_in=str(place),
    )


def _unwritable(env: Environment, profile: Path) -> Diagnosis | None:
    missing = [name for name in MADE if not os.path.lexists(profile / name)]
    history = profile / HISTORY
    closed = os.path.lexists(history) and read_error(history)
    error = write_error(profile) if missing or closed else None
    if error is None:
        return None
    if elsewhere := home.diagnose_of_another(env, profile):
        return elsewhere
    cannot = "make the folders that it needs" if missing else "put aside the history"
    without = f"without {', '.join(missing)}" if missing else f"and {HISTORY} may not be read"
    return fail(
        IPYTHON_FOLDER_UNWRITABLE,
        f"no kernel starts: IPython cannot {cannot} in your profile ({error.strerror})",
        own_again(env, profile),
        found=f"{error.strerror} ({owner(profile)}), {without}",
        wanted="a folder that you own and may write to",
        looked_in=str(profile),
        note="this happens after one `sudo jupyter notebook` or `sudo ipython`",
    )
