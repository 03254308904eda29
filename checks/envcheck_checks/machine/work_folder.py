"""A folder in which work is to be saved, and that cannot be written to."""

from __future__ import annotations

import errno
from pathlib import Path

from envcheck import Diagnosis, Environment, fail
from envcheck.fixes.advice import tell
from envcheck_checks.machine import disk, selinux
from envcheck_checks.machine.codes import WORK_FOLDER_READ_ONLY
from envcheck_checks.machine.system import system
from envcheck_checks.machine.write_access import write_error


def diagnose(env: Environment, folder: Path) -> Diagnosis | None:
    """Why no file can be made in it, or None where one can. Whoever asks says the same."""
    error = write_error(folder)
    if error is None:
        return None
    if denied := selinux.denies(env, folder, error):
        return denied
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk.diagnosis(folder, 0)
    if error.errno == errno.EPERM and system(env).is_macos:
        return _closed_to_this_terminal(folder, error)
    return fail(
        WORK_FOLDER_READ_ONLY,
        "this folder is read-only: a notebook folder that cannot be written to lets you save nothing",
        tell(
            "work in a folder of your own",
            "Copy the course's folder to your home, open a terminal there, and run envcheck again.",
        ),
        found=error.strerror or "permission denied",
        wanted="a folder that you may write to",
        looked_in=str(folder),
    )


def _closed_to_this_terminal(folder: Path, error: OSError) -> Diagnosis:
    """macOS asks once whether a program may look into Desktop, Documents, Downloads and other disks,
    and keeps the answer: whatever the folder's mode says, nothing in it can be read or written.
    """
    return fail(
        WORK_FOLDER_READ_ONLY,
        "macOS does not let this terminal into this folder: no notebook in it can be opened or saved (Operation not permitted)",
        tell(
            "let the terminal in",
            "Open System Settings > Privacy & Security > Files and Folders, and switch this folder on for your terminal (or for VS Code, where you started it there).",
            "Then quit that program and start it again.",
        ),
        tell(
            "or work in a folder that macOS leaves alone",
            "Copy the course's folder to one directly in your home, such as ~/ml.",
        ),
        found=error.strerror or "Operation not permitted",
        wanted="a folder that programs of this terminal may read and write",
        looked_in=str(folder),
        note="this is a setting of macOS for each program; the folder's own permissions are in order",
    )
