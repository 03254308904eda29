"""The learner's own Jupyter folders, and the secrets in them: Jupyter must be able to make, write
and read them.

envcheck's own servers have folders of their own for this, so that nothing of the learner's changes:
what those prove nothing of is asked here.
"""

from __future__ import annotations

import errno
import sys
from pathlib import Path

from envcheck import Diagnosis, Environment, fail
from envcheck.fixes.advice import tell
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.interference.variables import unset
from envcheck_checks.jupyter.facts import learners_jupyter
from envcheck_checks.machine import disk, home, selinux
from envcheck_checks.machine.ownership import own_again, owner
from envcheck_checks.machine.write_access import existing, mode_of_private_file, write_error
from envcheck_checks.notebook.codes import JUPYTER_FOLDER_UNWRITABLE
from envcheck_checks.notebook.folders.blocked_folder import diagnose_blocked, variable_naming
from envcheck_checks.notebook.folders.folder_contents import (
    CONFIGURATION,
    DATA,
    RUNTIME,
    diagnose_contents,
    writes_settings,
)

TOLERATED = 0o6677  # jupyter_core's: the owner may start the file, as on shares


def diagnose(env: Environment, _failure: Failure) -> Diagnosis | None:
    """What keeps Jupyter from writing its files or reading those it has."""
    asked = learners_jupyter(env)
    places = {RUNTIME: asked.runtime, DATA: asked.user_data, CONFIGURATION: asked.user_config}
    folders = {name: Path(place) for name, place in places.items() if place}
    if CONFIGURATION in folders and not writes_settings(env, folders[CONFIGURATION]):
        del folders[CONFIGURATION]
    for name, folder in folders.items():
        trouble = (
            diagnose_blocked(env, folder, name)
            or _unwritable(env, folder, name)
            or (_open_to_others(env, folder) if name == RUNTIME else None)
            or diagnose_contents(env, folder, name)
        )
        if trouble is not None:
            return trouble
    return None


def _unwritable(env: Environment, folder: Path, name: str) -> Diagnosis | None:
    error = write_error(folder)
    if error is None:
        return None
    place = existing(folder)
    if denied := selinux.denies(env, place, error):
        return denied
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk.of_a_folder(folder, place, f"Jupyter's {name} folder")
    variable = variable_naming(env, folder)
    if not variable and (elsewhere := home.diagnose_of_another(env, place)):
        return elsewhere
    return fail(
        JUPYTER_FOLDER_UNWRITABLE,
        f"Jupyter's {name} folder cannot be written to ({error.strerror}){f': {variable} names it' if variable else ''}",
        unset(variable) if variable else own_again(env, place),
        found=f"{error.strerror} ({owner(place)})",
        wanted="a folder that you own and may write to",
        looked_in=str(folder),
        note="this happens after one `sudo jupyter notebook`"
        if error.errno == errno.EACCES and not variable
        else "",
    )


def _open_to_others(env: Environment, folder: Path) -> Diagnosis | None:
    """Jupyter writes the keys of its servers and kernels for their owner alone, and gives up where
    the disk keeps no such mode (jupyter_core's `secure_write`).
    """
    if sys.platform == "win32" or _may_be_open(env):
        return None
    try:
        mode = mode_of_private_file(folder)
    except OSError:
        return None  # what keeps files from being made is said above
    if mode & TOLERATED == 0o600:
        return None
    variable = variable_naming(env, folder)
    return fail(
        JUPYTER_FOLDER_UNWRITABLE,
        f"the disk of Jupyter's {RUNTIME} folder keeps no file for you alone, as Jupyter wants its keys: no kernel starts{f'; {variable} names it' if variable else ''}",
        unset(variable)
        if variable
        else tell(
            "keep Jupyter's keys on a disk of this computer",
            "Make a folder of your own on a disk of this computer, and set JUPYTER_RUNTIME_DIR to it.",
        ),
        found=f"mode {mode:04o} of a new file",
        wanted="mode 0600",
        looked_in=str(folder),
        note="a share of a Windows server and a stick give each of their files the same mode",
    )


def _may_be_open(env: Environment) -> bool:
    """As jupyter_core reads it."""
    return env.variables.get("JUPYTER_ALLOW_INSECURE_WRITES", "").lower() in ("true", "1")
