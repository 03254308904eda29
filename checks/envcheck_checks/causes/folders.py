"""The learner's own Jupyter folders: can files be made in them, and read from them?"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import tempfile
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, Rename, Run, UnsetEnv, fail
from envcheck.advice import tell
from envcheck_checks.causes import selinux
from envcheck_checks.learners_jupyter import learners_jupyter

ROOM = 65_536  # bytes that are written to prove it


def diagnose(env: Environment) -> Diagnosis | None:
    """What keeps Jupyter from writing its runtime files or reading those it has."""
    found = learners_jupyter(env)
    runtime, data = Path(found.runtime), Path(found.user_data)
    for folder, name in ((runtime, "runtime"), (data, "data")):
        if str(folder) != ".":
            trouble = _unusable(env, folder, name) or (_unreadable(folder) if name == "runtime" else None)
            if trouble is not None:
                return trouble
    return None


def _unusable(env: Environment, folder: Path, name: str) -> Diagnosis | None:
    error = write_error(folder)
    if error is None:
        return None
    place = existing(folder)
    if denied := selinux.denies(env, place, error):
        return denied
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return fail(
            "disk-full",
            f"the disk of Jupyter's {name} folder is full (No space left on device): Jupyter cannot write its files there, nor in your home",
            tell("free some space", f"Free some space on the disk of {place}, then run envcheck again."),
            found="no space left",
            wanted="at least 100 MB",
            looked_in=str(folder),
        )
    variable = _variable(env, folder)
    fix = (
        Fix(f"take {variable} out of your terminal's variables", (UnsetEnv(variable),))
        if variable
        else _own_again(place)
    )
    return fail(
        "jupyter-folder-unwritable",
        f"Jupyter's {name} folder cannot be written to (Permission denied){f': {variable} names it' if variable else ''}",
        fix,
        found=f"{error.strerror} ({_owner(place)})",
        wanted="a folder that you own and may write to",
        looked_in=str(folder),
        note="this happens after one `sudo jupyter notebook`" if not variable else "",
    )


def _own_again(place: Path) -> Fix:
    """Whose folder it is may open it again; what belongs to another user needs an administrator."""
    if sys.platform != "win32" and place.stat().st_uid == os.geteuid():
        return Fix("let yourself write into your folder again", (Run(("chmod", "-R", "u+rwX", str(place))),))
    return tell("make the folder your own again", f'sudo chown -R "$USER" {place}', f"chmod -R u+rwX {place}")


def _unreadable(folder: Path) -> Diagnosis | None:
    secret = folder / "jupyter_cookie_secret"
    with contextlib.suppress(OSError):
        if not secret.exists() or os.access(secret, os.R_OK | os.W_OK):
            return None
    return fail(
        "jupyter-file-unreadable",
        "a file in Jupyter's runtime folder may not be read by you (Permission denied): jupyter_cookie_secret",
        Fix("move it aside; Jupyter makes a new one", (_aside(secret),)),
        found=f"permission denied ({_owner(secret)})",
        wanted="a file that you own",
        looked_in=str(secret),
    )


def _aside(path: Path) -> Rename:
    return Rename(str(path), free_backup(path))


def free_backup(path: Path) -> str:
    """NAME.envcheck-backup-N, the first N that is free: nothing is ever deleted."""
    return next(name for number in range(1, 1000) if not os.path.lexists(name := f"{path}.envcheck-backup-{number}"))


def existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next((place for place in (folder, *folder.parents) if place.exists()), Path(folder.anchor))


def write_error(folder: Path) -> OSError | None:
    """Write some bytes there and leave nothing: a file without a name where the system has them, else a temporary one."""
    place = existing(folder)
    try:
        if hasattr(os, "O_TMPFILE"):
            try:
                handle = os.open(place, os.O_TMPFILE | os.O_WRONLY, 0o600)
            except OSError as error:
                if error.errno not in (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL):
                    raise
            else:
                with os.fdopen(handle, "wb") as file:
                    file.write(b"\0" * ROOM)
                return None
        with tempfile.TemporaryFile(dir=place) as temporary:
            temporary.write(b"\0" * ROOM)
    except OSError as error:
        return error
    return None


def _variable(env: Environment, folder: Path) -> str:
    for name in ("JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "XDG_RUNTIME_DIR", "XDG_DATA_HOME"):
        value = env.variables.get(name)
        if value and (Path(value) == folder or Path(value) in folder.parents):
            return name
    return ""


def _owner(place: Path) -> str:
    if sys.platform == "win32":
        return "see its properties for the owner"
    try:
        return f"owner {place.owner()}, mode {place.stat().st_mode & 0o777:o}"
    except (OSError, KeyError):
        return "owner unknown"
