"""The learner's own Jupyter folders, and the secrets in them: Jupyter must be able to make, write and read them.

envcheck's own servers have folders of their own for this, so that nothing of the learner's changes: what those
prove nothing of is asked here.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, Fix, fail
from envcheck.fixes.advice import tell
from envcheck.fixes.backup import move_aside
from envcheck.target.home import home_of
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.interference.private_folders import private_folders
from envcheck_checks.interference.variables import unset
from envcheck_checks.jupyter.facts import learners_jupyter
from envcheck_checks.machine import selinux
from envcheck_checks.machine.blocked_path import describe, find_blocker, is_dead_link, kind_of
from envcheck_checks.machine.codes import DISK_FULL
from envcheck_checks.machine.ownership import own_again, owner
from envcheck_checks.machine.read_access import read_error
from envcheck_checks.machine.write_access import existing, write_error
from envcheck_checks.notebook.codes import (
    JUPYTER_FILE_UNREADABLE,
    JUPYTER_FOLDER_BLOCKED,
    JUPYTER_FOLDER_UNWRITABLE,
)

RUNTIME, DATA, CONFIGURATION = "runtime", "data", "configuration"
VARIABLES = (
    "JUPYTER_RUNTIME_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_CONFIG_DIR",
    "XDG_RUNTIME_DIR",
    "XDG_DATA_HOME",
)


def diagnose(env: Environment, _failure: Failure) -> Diagnosis | None:
    """What keeps Jupyter from writing its files or reading those it has."""
    asked = learners_jupyter(env)
    places = {RUNTIME: asked.runtime, DATA: asked.user_data, CONFIGURATION: asked.user_config}
    known = {name: Path(place) for name, place in places.items() if place}
    if CONFIGURATION in known and not _moves_in(env, known[CONFIGURATION]):
        del known[CONFIGURATION]
    for name, folder in known.items():
        trouble = (
            _blocked(env, folder, name) or _unwritable(env, folder, name) or _contents(folder, name)
        )
        if trouble is not None:
            return trouble
    return None


def _moves_in(env: Environment, config: Path) -> bool:
    """Whether Jupyter will write into its configuration folder as it starts: where IPython was used and Jupyter never
    was, it moves settings (jupyter_core's `migrate`), and leaves a file `migrated`.
    """
    try:
        with (config / "migrated").open("r+"):
            return False
    except FileNotFoundError:
        return os.path.exists(private_folders(env).ipython)
    except OSError:
        return False


def _blocked(env: Environment, folder: Path, name: str) -> Diagnosis | None:
    """A file, or a link that leads nowhere, has the name of the folder or of one above it."""
    place = find_blocker(folder)
    if place is None:
        return None
    return fail(
        JUPYTER_FOLDER_BLOCKED,
        f"Jupyter cannot make its {name} folder: {kind_of(place)} stands where a folder belongs",
        _freed(env, folder, place),
        found=describe(place),
        wanted="a folder, or nothing: Jupyter makes it then",
        looked_in=str(folder),
    )


def _freed(env: Environment, folder: Path, place: Path) -> Fix:
    """A variable is taken out; a file or link of Jupyter's own is moved aside. A link may be waiting for its disk, and
    what lies above Jupyter's folders is other programs' too: a person decides then.
    """
    if variable := _variable(env, folder):
        return unset(variable)
    home = home_of(env.variables)
    jupyters = home in place.parents and any(
        "jupyter" in part.lower() for part in place.relative_to(home).parts
    )
    if is_dead_link(place):
        return Fix(
            "move that link aside, or connect the disk that it leads to",
            (move_aside(place),),
            Confidence.ASK,
        )
    return Fix(
        "move that file aside; Jupyter makes the folder then",
        (move_aside(place),),
        Confidence.SURE if jupyters else Confidence.ASK,
    )


def _unwritable(env: Environment, folder: Path, name: str) -> Diagnosis | None:
    error = write_error(folder)
    if error is None:
        return None
    place = existing(folder)
    if denied := selinux.denies(env, place, error):
        return denied
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return fail(
            DISK_FULL,
            f"the disk of Jupyter's {name} folder is full (No space left on device): Jupyter cannot write its files there, nor in your home",
            tell(
                "free some space",
                f"Free some space on the disk of {place}, then run envcheck again.",
            ),
            found="no space left",
            wanted="at least 100 MB",
            looked_in=str(folder),
        )
    variable = _variable(env, folder)
    return fail(
        JUPYTER_FOLDER_UNWRITABLE,
        f"Jupyter's {name} folder cannot be written to ({error.strerror}){f': {variable} names it' if variable else ''}",
        unset(variable) if variable else own_again(place),
        found=f"{error.strerror} ({owner(place)})",
        wanted="a folder that you own and may write to",
        looked_in=str(folder),
        note="this happens after one `sudo jupyter notebook`"
        if error.errno == errno.EACCES and not variable
        else "",
    )


def _contents(folder: Path, name: str) -> Diagnosis | None:
    """What lies in it and must be readable when it is there. A dead link for a cookie's secret does no harm."""
    if name == RUNTIME:
        secret = folder / "jupyter_cookie_secret"
        return None if is_dead_link(secret) else _unreadable(secret, name)
    if name == DATA:
        return _unreadable(folder / "notebook_secret", name) or _closed(folder / "kernels")
    return _unreadable(folder / "migrated", name)


def _closed(folder: Path) -> Diagnosis | None:
    """A folder that Jupyter lists: its pages find no kernel when it cannot."""
    try:
        os.listdir(folder)  # noqa: PTH208
    except PermissionError as error:
        return fail(
            JUPYTER_FILE_UNREADABLE,
            f"a folder in Jupyter's data folder cannot be read ({error.strerror}): {folder.name}",
            own_again(folder),
            found=f"{error.strerror} ({owner(folder)})",
            wanted="a folder that you may read",
            looked_in=str(folder),
        )
    except OSError:
        return None
    return None


def _unreadable(file: Path, name: str) -> Diagnosis | None:
    """A secret that is there and cannot be read: Jupyter makes a new one only where there is none."""
    said = read_error(file) if os.path.lexists(file) else ""
    if not said:
        return None
    return fail(
        JUPYTER_FILE_UNREADABLE,
        f"a file in Jupyter's {name} folder cannot be read ({said}): {file.name}",
        Fix("move it aside; Jupyter makes a new one", (move_aside(file),)),
        found=f"{said} ({owner(file)})",
        wanted="a file that you own",
        looked_in=str(file),
    )


def _variable(env: Environment, folder: Path) -> str:
    for name in VARIABLES:
        value = env.variables.get(name)
        if value and (Path(value) == folder or Path(value) in folder.parents):
            return name
    return ""
