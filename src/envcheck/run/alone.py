"""Who changes a course folder or an environment is alone at it: a second `--fix` would move aside what
the first is making, and an `undo` would take back what is not done yet.

The lock is a file in envcheck's own environment, as those of the turns: nothing is written into the
folder, every run of this envcheck sees it, and it goes with the process that holds it, however that
ends. The folder's own lock is that of visits, which a fix makes too.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from envcheck import places
from envcheck.environment import Located
from envcheck.errors import UsageProblem
from envcheck.run.turn import HELD_BY_ANOTHER, lock
from envcheck.run.workplace import cache_folder
from envcheck.target.course_folder import course_folders
from envcheck.target.lost_settings import SCRIPTS, has_lost_settings

MARKS = ("pyvenv.cfg", "conda-meta")  # of an environment


def hold(held: contextlib.ExitStack, folders: Iterable[Path]) -> str:
    """Hold these folders until `held` is closed. Returns the first that another process holds, empty
    where all are ours. A folder that nobody may write into holds nobody up, nor does one where
    envcheck has no place for its locks, or cannot lock a file, as on some network disks.
    """
    locks = cache_folder()
    if locks is None:
        return ""
    writable = (folder for folder in folders if os.access(folder, os.W_OK))
    return next((str(folder) for folder in writable if not _takes(folder, held, locks)), "")


def be_alone(held: contextlib.ExitStack, folders: Iterable[Path]) -> None:
    """Hold these folders. Raises UsageProblem where another envcheck is at work there."""
    if folder := hold(held, folders):
        raise UsageProblem(
            f"another envcheck is changing {folder} at this moment, so nothing was done. Type this again when it has ended"
        )


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


def _takes(folder: Path, held: contextlib.ExitStack, locks: Path) -> bool:
    real = places.key(os.path.realpath(folder))
    name = hashlib.sha256(real.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    try:
        file = held.enter_context((locks / f"changing-{name}.lock").open("ab"))
        lock(file)
    except OSError as error:
        return error.errno not in HELD_BY_ANOTHER
    return True
