"""Whose a file or folder is, and how the learner comes to own it again."""

from __future__ import annotations

import os
import shlex
import sys
from enum import Enum
from pathlib import Path

from envcheck import Environment, Fix, Run, places
from envcheck.fixes.advice import tell, typed
from envcheck.target.belongings import is_inside
from envcheck.target.home import home_of

NOBODY = 65534  # whose root's files are on a disk of the network


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


class Whose(Enum):
    """Whose a place is, as far as that decides who may open it."""

    MINE = "the learner's"
    ADMINISTRATORS = "root's, or nobody's whom this machine knows"
    ANOTHERS = "another person's"


def whose(place: Path) -> Whose:
    """By who owns what a link leads to. What may not be looked at is left to an administrator."""
    if sys.platform == "win32":
        return Whose.ADMINISTRATORS
    try:
        owner_id = place.stat().st_uid
    except OSError:
        return Whose.ADMINISTRATORS
    if owner_id == os.geteuid():
        return Whose.MINE
    try:
        place.owner()
    except KeyError:
        return Whose.ADMINISTRATORS
    return Whose.ADMINISTRATORS if owner_id in (0, NOBODY) else Whose.ANOTHERS


def own_again(env: Environment, place: Path) -> Fix:
    """Whose folder it is may open it again; what is root's needs an administrator, and what is
    another person's is theirs to open. What does not lie below a folder of the learner's is
    nobody's to open: no line is given for it.
    """
    if not is_inside(env, place):
        return tell(
            "ask for the folder",
            f"Ask the administrator of this machine for a folder of your own: {place} is not below your home.",
        )
    owned = whose(place)
    if owned is Whose.MINE and places.lies_in(home_of(env.variables), place):
        line = shlex.join(("chmod", "u+rwx", str(place)))  # not all that is in it
        return tell("open your home again", typed(line, "Let yourself into it:"))
    if owned is Whose.MINE:
        return Fix(
            "let yourself read and write your folder again",
            (Run(("chmod", "-R", "u+rwX", str(place))),),
        )
    if owned is Whose.ANOTHERS:
        return tell(
            "ask whose folder it is",
            f"{place} belongs to {_name(place)}: ask them to let you in, or keep your files in a folder of your own.",
        )
    return tell(
        "make the folder your own again",
        typed(f'sudo chown -R "$USER" {shlex.quote(str(place))}'),
        typed(shlex.join(("chmod", "-R", "u+rwX", str(place))), ""),
    )
