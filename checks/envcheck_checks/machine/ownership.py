"""Whose a file or folder is, and how the learner comes to own it again."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

from envcheck import Environment, Fix, Run
from envcheck.fixes.advice import tell, typed
from envcheck.target.belongings import is_inside


def owner(place: Path) -> str:
    """Who owns a place, and its mode, as words for a message."""
    if sys.platform == "win32":
        return "see its properties for the owner"
    try:
        return f"owner {_name(place)}, mode {place.lstat().st_mode & 0o777:o}"
    except OSError:
        return "owner unknown"


def _name(place: Path) -> str:
    """The number of one that this machine has no name for, as in containers and on shared disks."""
    if sys.platform == "win32":
        return "unknown"
    try:
        return place.owner()
    except KeyError:
        return str(place.stat().st_uid)


def own_again(env: Environment, place: Path) -> Fix:
    """Whose folder it is may open it again; what belongs to another user needs an administrator.
    What does not lie below a folder of the learner's is nobody's to open: no line is given for it.
    """
    if not is_inside(env, place):
        return tell(
            "ask for the folder",
            f"Ask the administrator of this machine for a folder of your own: {place} is not below your home.",
        )
    if _is_mine(place):
        return Fix(
            "let yourself read and write your folder again",
            (Run(("chmod", "-R", "u+rwX", str(place))),),
        )
    return tell(
        "make the folder your own again",
        typed(f'sudo chown -R "$USER" {shlex.quote(str(place))}'),
        typed(shlex.join(("chmod", "-R", "u+rwX", str(place))), ""),
    )


def _is_mine(place: Path) -> bool:
    """What a link leads to counts; a place that may not be looked at is somebody else's."""
    try:
        return sys.platform != "win32" and place.stat().st_uid == os.geteuid()
    except OSError:
        return False
