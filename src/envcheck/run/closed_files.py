"""A terminal whose umask takes the learner's own permissions away: nothing that is written in it can be
read again, and nothing at all can be tried there.
"""

from __future__ import annotations

import os

from envcheck.errors import NoRoom
from envcheck.throwaway import throwaway_folder

OWNERS = 0o700  # of a umask: what somebody may do with files of their own
USUAL = 0o022


def refuse() -> None:
    """Raises NoRoom where a folder that is made here may not be used by who made it."""
    umask = os.umask(USUAL)
    os.umask(umask)
    if umask & OWNERS and not _may_use_what_is_made():
        raise NoRoom(
            f"this terminal takes your own permissions away from all that is written in it (umask {umask:03o}), so "
            f"nothing works here. Type `umask {USUAL:03o}`, take out of your start-up file what sets another, and start again"
        )


def _may_use_what_is_made() -> bool:
    """Root may, whatever the umask is. What cannot be tried is no reason to refuse."""
    try:
        with throwaway_folder() as folder:
            return os.access(folder, os.R_OK | os.W_OK | os.X_OK)
    except OSError:
        return True
