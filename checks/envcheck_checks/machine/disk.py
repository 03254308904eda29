"""A disk without room: the learner's own, or the one that a run's own files would have to go to."""

from __future__ import annotations

import sys
from pathlib import Path

from envcheck import Diagnosis, Environment, fail
from envcheck.fixes.advice import tell, typed
from envcheck_checks.machine.codes import DISK_FULL
from envcheck_checks.machine.write_access import has_few_files_left

FAIL_MB = 50
NO_FILES = "room for no more files (inodes)"
OURS_MB = 4  # what a run itself writes
MANY_FILES = tell(
    "remove many small files",
    "Remove files that you do not need, many of them: old environments, caches such as ~/.cache/pip, folders called node_modules.",
    typed("df -i .", "This shows how many the disk can still hold:", "Then run envcheck again."),
)
LIMIT = tell(
    "make room within your limit",
    typed(
        "quota -s",
        "This shows what your account may use:",
        "Free some of it, or ask the administrator of this machine.",
    ),
)


def diagnose_scratch(env: Environment) -> Diagnosis | None:
    """Every temporary folder of this machine is full: nothing can be started that writes one."""
    free = free_mb(env.scratch)
    return diagnosis(env.scratch.parent, free) if free < OURS_MB else None


def diagnosis(place: Path, free: float) -> Diagnosis:
    """The disk of `place` is full; `free` is in megabytes, 0 where a write was refused."""
    if free == 0 and (elsewhere := _refused_with_room(place)):
        return elsewhere
    return fail(
        DISK_FULL,
        "the disk is full (No space left on device): nothing can be saved or installed",
        tell(
            "free some space", f"Free some space on the disk of {place}, then run envcheck again."
        ),
        # Whoever looks a moment later finds the same
        found=f"less than {10 * (int(free) // 10 + 1)} MB free",
        wanted=f"at least {FAIL_MB} MB",
        looked_in=str(place),
    )


def of_a_folder(folder: Path, place: Path, name: str) -> Diagnosis:
    """Jupyter may not write what it must into this folder, or where it would make it: at `place`."""
    return _refused_with_room(place) or fail(
        DISK_FULL,
        f"the disk of {name} is full (No space left on device): Jupyter cannot write its files there, nor in your home",
        tell(
            "free some space",
            f"Free some space on the disk of {place}, then run envcheck again.",
        ),
        found="no space left",
        wanted="at least 100 MB",
        looked_in=str(folder),
    )


def _refused_with_room(place: Path) -> Diagnosis | None:
    """There are bytes, and none may be written: a disk keeps a list of its files, which is full where
    there are very many, and an account may have a limit of its own.
    """
    if sys.platform == "win32":
        return None
    try:
        if free_mb(place) < FAIL_MB:
            return None
        few = has_few_files_left(place)
    except OSError:
        return None
    return fail(
        DISK_FULL,
        "the disk takes no more (No space left on device), though it has room: nothing can be saved or installed",
        MANY_FILES if few else LIMIT,
        found=NO_FILES if few else "room, and none for your account",
        wanted=f"room for files, and at least {FAIL_MB} MB",
        looked_in=str(place),
    )


def free_mb(place: Path) -> float:
    """The free space of the disk of this folder, in megabytes. Raises OSError when the folder is
    not there.
    """
    import psutil

    return float(psutil.disk_usage(str(place)).free) / 1e6
