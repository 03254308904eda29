"""SELinux refuses what the folder's own mode bits allow."""

from __future__ import annotations

import errno
import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from envcheck import Diagnosis, Environment, fact, fail
from envcheck.fixes.advice import tell, typed
from envcheck_checks.machine.codes import SELINUX_DENIES
from envcheck_checks.machine.system import system


@dataclass(frozen=True)
class Rights:
    """What the mode bits of a folder let this person do, and SELinux' label on it; empty where
    there is none.
    """

    may_write: bool
    label: str


@fact
def is_enforcing(env: Environment) -> bool:
    """Whether SELinux is there and refuses; asked only after a refusal."""
    try:
        return (
            system(env).is_linux
            and system(env).at("/sys/fs/selinux/enforce").read_text(encoding="ascii").strip() == "1"
        )
    except OSError:
        return False


def rights(env: Environment, folder: Path) -> Rights:
    """What SELinux lets this user do in a folder; looked up once for each folder."""
    return env.look_up(f"rights in {folder}", lambda _: _rights(folder))


def denies(env: Environment, folder: Path, error: OSError) -> Diagnosis | None:
    """The diagnosis that SELinux is why writing into `folder` failed with `error`; None where it is
    not.
    """
    if error.errno != errno.EACCES or not is_enforcing(env):
        return None
    answer = rights(env, folder)
    if not answer.may_write or not answer.label:
        return None
    return fail(
        SELINUX_DENIES,
        "this folder cannot be written to although its owner and mode allow it: SELinux refuses (Permission denied)",
        tell(
            "give the folder its usual label",
            typed(shlex.join(("restorecon", "-R", "-v", str(folder)))),
            "If that does not help, ask the administrator of this machine.",
        ),
        found=f"label {answer.label}",
        wanted="the label that files of a home have",
        looked_in=str(folder),
        note="files that were moved here from another place keep that place's label",
    )


def _rights(folder: Path) -> Rights:
    if sys.platform != "linux":
        return Rights(False, "")
    try:
        status = folder.stat()
        label = os.getxattr(folder, "security.selinux").rstrip(b"\0").decode("ascii", "replace")
    except OSError:
        return Rights(False, "")
    mine = (
        status.st_mode >> 6
        if status.st_uid == os.geteuid()
        else status.st_mode >> 3
        if status.st_gid in os.getgroups()
        else status.st_mode
    )
    return Rights(mine & 0o3 == 0o3, label)
