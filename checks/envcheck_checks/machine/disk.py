"""A disk without room: the learner's own, or the one that a run's own files would have to go to."""

from __future__ import annotations

from pathlib import Path

from envcheck import Diagnosis, Environment, fail
from envcheck.fixes.advice import tell
from envcheck_checks.machine.codes import DISK_FULL

FAIL_MB = 50
OURS_MB = 4  # what a run itself writes


def diagnose_scratch(env: Environment) -> Diagnosis | None:
    """Every temporary folder of this machine is full: nothing can be started that writes one."""
    free = free_mb(env.scratch)
    return diagnosis(env.scratch.parent, free) if free < OURS_MB else None


def diagnosis(place: Path, free: float) -> Diagnosis:
    """The disk of `place` is full; `free` is in megabytes."""
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


def free_mb(place: Path) -> float:
    """The free space of the disk of this folder, in megabytes. Raises OSError when the folder is
    not there.
    """
    import psutil

    return float(psutil.disk_usage(str(place)).free) / 1e6
