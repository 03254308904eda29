"""Who changes a course folder or an environment is alone at it: a second `--fix` would move aside what
the first is making, and an `undo` would take back what is not done yet.

The lock is the folder's own (flock(2)), on Windows a name that the system keeps (CreateMutexW): no
file is written, every envcheck of this person sees it, and it goes with the process that holds it,
however that ends.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from envcheck import places
from envcheck.environment import Located
from envcheck.run.turn import HELD_BY_ANOTHER
from envcheck.target.course_folder import course_folders
from envcheck.target.lost_settings import SCRIPTS, has_lost_settings

MARKS = ("pyvenv.cfg", "conda-meta")  # of an environment
ALREADY_EXISTS = 183  # ERROR_ALREADY_EXISTS of winerror.h


def hold(held: contextlib.ExitStack, folders: Iterable[Path]) -> str:
    """Hold these folders until `held` is closed. Returns the first that another process holds, empty
    where all are ours. A folder that nobody may write into, or that cannot be locked, as on some
    network disks, holds nobody up.
    """
    takes = _named if sys.platform == "win32" else _locked
    writable = (folder for folder in folders if os.access(folder, os.W_OK))
    return next((str(folder) for folder in writable if not takes(folder, held)), "")


def changed_in(
    folder: Path, variables: Mapping[str, str], located: Located | None = None
) -> Iterator[Path]:
    """What a fix in this folder, for this Python, may change: the course folder and the environment."""
    yield course_folders(folder, variables)[-1]
    if located is not None:
        place = Path(os.path.abspath(located.command[0])).parent  # noqa: PTH100  # its own link leads to the base
        place = place.parent if place.name in SCRIPTS else place
        if has_lost_settings(place) or any(os.path.lexists(place / mark) for mark in MARKS):
            yield place


def _locked(folder: Path, held: contextlib.ExitStack) -> bool:
    import fcntl

    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return True
    held.callback(os.close, handle)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[attr-defined, unused-ignore]
    except OSError as error:
        return error.errno not in HELD_BY_ANOTHER
    return True


def _named(folder: Path, held: contextlib.ExitStack) -> bool:
    import ctypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined, unused-ignore]
    name = hashlib.sha256(places.key(folder).encode("utf-8", "surrogatepass")).hexdigest()
    kernel.CreateMutexW.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(kernel.CreateMutexW(None, False, f"envcheck-{name}"))
    taken = ctypes.get_last_error() == ALREADY_EXISTS  # type: ignore[attr-defined, unused-ignore]
    held.callback(kernel.CloseHandle, handle)
    return not taken
