"""The learner's home folder, as the programs that they start find it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path


def home_of(variables: Mapping[str, str]) -> Path:
    """The home of the person whose variables these are.

    As `os.path.expanduser` has it: by variable, of which an empty one means `/`, or else by the
    system's list of users. Who is not on that list has `/`, the value that Docker gives to HOME for
    such a user.
    """
    if sys.platform == "win32":
        return Path(variables.get("USERPROFILE") or os.path.expanduser("~"))
    if "HOME" in variables:
        return Path(variables["HOME"] or "/")
    return registered_home() or Path("/")


def home_for_ours(variables: Mapping[str, str]) -> Path:
    """The home in which envcheck keeps what is its own. Where HOME is set to nothing that is the one on
    the system's list: nothing of ours is made at the root of the disk.
    """
    registered = registered_home() if variables.get("HOME") == "" else None
    return registered or home_of(variables)


def registered_home() -> Path | None:
    """The home on the system's list of users; None for a user id without an entry, and on
    Windows.
    """
    if sys.platform == "win32":
        return None
    import pwd

    try:
        return Path(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError:
        return None
