"""A folder in which work is to be saved, and that cannot be written to."""

from __future__ import annotations

import errno
from pathlib import Path

from envcheck import Diagnosis, Environment, fail
from envcheck.fixes.advice import tell
from envcheck_checks.machine import disk, selinux
from envcheck_checks.machine.codes import WORK_FOLDER_READ_ONLY
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
