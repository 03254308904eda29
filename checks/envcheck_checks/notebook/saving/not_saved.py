"""No notebook can be saved in a folder: it cannot be written to, or what stands where Jupyter keeps
its checkpoints cannot.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, fail
from envcheck.fixes.advice import tell
from envcheck.fixes.backup import move_aside
from envcheck_checks.machine import work_folder
from envcheck_checks.machine.blocked_path import describe, find_blocker, kind_of
from envcheck_checks.machine.ownership import owner
from envcheck_checks.machine.write_access import write_error
from envcheck_checks.notebook.codes import CHECKPOINTS_BLOCKED
from envcheck_checks.notebook.saving.save import CHECKPOINTS, NotSaved
from envcheck_checks.notebook.server.learners_server import ServerTrouble


def diagnose(env: Environment, folder: Path) -> Diagnosis | None:
    """What in this folder keeps a notebook from being saved; None where nothing is in the way."""
    return work_folder.diagnose(env, folder) or _checkpoints(folder)


def behind(env: Environment, trouble: ServerTrouble) -> Diagnosis | None:
    """The diagnosis of what is behind a step that failed; None of one that was no saving."""
    return diagnose(env, trouble.folder) if isinstance(trouble, NotSaved) else None


def _checkpoints(folder: Path) -> Diagnosis | None:
    place = folder / CHECKPOINTS
    if not os.path.lexists(place):
        return None
    if os.path.isdir(place):
        error = write_error(place)
        if error is None:
            return None
        what = f"you may not write into its folder {CHECKPOINTS}"
        actual = f"{error.strerror} ({owner(place)})"
    else:
        blocker = find_blocker(place) or place
        what = f"{kind_of(blocker)} stands where its folder {CHECKPOINTS} belongs"
        actual = describe(blocker)
    return fail(
        CHECKPOINTS_BLOCKED,
        f"no notebook can be saved in this folder: {what}",
        _out_of_the_way(place),
        found=actual,
        wanted="a folder that you may write to, or none: Jupyter makes it then",
        looked_in=str(place),
        note="Jupyter keeps an older copy of each notebook there, and saves none that it cannot copy",
    )


def _out_of_the_way(place: Path) -> Fix:
    if _may_rename(place):
        return Fix("move it aside; Jupyter makes a new one", (move_aside(place),))
    return tell(
        "work in a folder of your own",
        f"Ask whose folder it is to take {place} away, or copy your notebooks to a new folder in your home and work there.",
    )


def _may_rename(place: Path) -> bool:
    """In a folder with the sticky bit, such as /tmp, only what is one's own."""
    if sys.platform == "win32":
        return True
    try:
        above = place.parent.stat()
        owners = (above.st_uid, place.lstat().st_uid)
    except OSError:
        return False
    return not above.st_mode & stat.S_ISVTX or os.geteuid() in owners
