"""The learner's own Jupyter folders, and the secrets in them: Jupyter must be able to make, write
and read them.

envcheck's own servers have folders of their own for this, so that nothing of the learner's changes:
what those prove nothing of is asked here.
"""

from __future__ import annotations

import errno
from pathlib import Path

from envcheck import Diagnosis, Environment, fail
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.interference.variables import unset
from envcheck_checks.jupyter.facts import learners_jupyter
from envcheck_checks.machine import disk, home, selinux
from envcheck_checks.machine.ownership import own_again, owner
from envcheck_checks.machine.write_access import existing, write_error
from envcheck_checks.notebook.blocked_folder import diagnose_blocked, variable_naming
from envcheck_checks.notebook.codes import JUPYTER_FOLDER_UNWRITABLE
from envcheck_checks.notebook.folder_contents import (
    CONFIGURATION,
    DATA,
    RUNTIME,
    diagnose_contents,
    writes_settings,
)


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
