"""What lies in the learner's own Jupyter folders and must be readable, or written: secrets,
signatures, settings, kernels.
"""

from __future__ import annotations

import os
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, fail
from envcheck.fixes.backup import move_aside
from envcheck_checks.interference.private_folders import private_folders
from envcheck_checks.machine.blocked_path import is_dead_link
from envcheck_checks.machine.ownership import own_again, owner
from envcheck_checks.machine.read_access import read_error
from envcheck_checks.notebook.codes import JUPYTER_FILE_UNREADABLE

SIGNATURES = "nbsignatures.db"
RUNTIME, DATA, CONFIGURATION = "runtime", "data", "configuration"


def diagnose_contents(env: Environment, folder: Path, name: str) -> Diagnosis | None:
    """What lies in it and must be readable when it is there. A dead link for a cookie's secret does
    no harm.
    """
    if name == RUNTIME:
        secret = folder / "jupyter_cookie_secret"
        return None if is_dead_link(secret) else _unreadable(secret, name)
    if name == DATA:
        return (
            _unreadable(folder / "notebook_secret", name)
            or _unwritable(folder / SIGNATURES, name)
            or _closed(env, folder / "kernels")
        )
    return _unreadable(folder / "migrated", name)


def writes_settings(env: Environment, config: Path) -> bool:
    """Whether Jupyter will write into its configuration folder as it starts: where IPython was used
    and Jupyter never was, it moves settings (jupyter_core's `migrate`), and leaves a file
    `migrated`.
    """
    try:
        with (config / "migrated").open("r+"):
            return False
    except FileNotFoundError:
        return os.path.exists(private_folders(env).ipython)
    except OSError:
        return False


def _closed(env: Environment, folder: Path) -> Diagnosis | None:
    """A folder that Jupyter lists: its pages find no kernel when it cannot."""
    try:
        os.listdir(folder)  # noqa: PTH208
    except PermissionError as error:
        return fail(
            JUPYTER_FILE_UNREADABLE,
            f"a folder in Jupyter's data folder cannot be read ({error.strerror}): {folder.name}",
            own_again(env, folder),
            found=f"{error.strerror} ({owner(folder)})",
            wanted="a folder that you may read",
            looked_in=str(folder),
        )
    except OSError:
        return None
    return None


def _unwritable(file: Path, name: str) -> Diagnosis | None:
    """A database that is there and cannot be written: Jupyter signs each notebook that it saves
    (nbformat's NotebookNotary), and answers with an error where it cannot. What is no file, or no
    database, it leaves aside by itself.
    """
    try:
        if os.path.isfile(file):
            with file.open("r+b"):
                return None
    except OSError as error:
        return _in_the_way(file, f"a file in Jupyter's {name} folder cannot be written", error)
    return None


def _unreadable(file: Path, name: str) -> Diagnosis | None:
    """A secret that is there and cannot be read: Jupyter makes a new one only where there
    is none.
    """
    trouble = read_error(file) if os.path.lexists(file) else ""
    if not trouble:
        return None
    return _in_the_way(file, f"a file in Jupyter's {name} folder cannot be read", trouble)


def _in_the_way(file: Path, what: str, trouble: str | OSError) -> Diagnosis:
    reason = trouble if isinstance(trouble, str) else trouble.strerror or str(trouble)
    return fail(
        JUPYTER_FILE_UNREADABLE,
        f"{what} ({reason}): {file.name}",
        Fix("move it aside; Jupyter makes a new one", (move_aside(file),)),
        found=f"{reason} ({owner(file)})",
        wanted="a file that you own",
        looked_in=str(file),
    )
