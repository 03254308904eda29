"""Room to work: disk, memory, open files, a work folder that can be written, and nothing in it that
hides a module.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from envcheck import Check, Diagnosis, Environment, Outcome, fail, ok, warn
from envcheck.fixes.advice import tell
from envcheck.target.allowance import allowance, memory_at_first
from envcheck.target.interpreter import interpreter
from envcheck_checks.interference import shadowing
from envcheck_checks.machine import disk, limits, special_folders, work_folder
from envcheck_checks.machine.codes import DISK_LOW, MEMORY_LOW
from envcheck_checks.machine.disk import free_mb

DISK_WARN_MB = 1000
MEMORY_FAIL_MB, MEMORY_WARN_MB = 300, 700


def room(needs: tuple[Check, ...] = ()) -> Check:
    """There is enough disk and memory, files can be opened and saved here, and no file here hides a
    module.
    """

    def examine(env: Environment) -> Outcome:
        trouble = (
            limits.diagnose() or work_folder.diagnose(env, env.folder) or _disk(env) or _memory(env)
        )
        if trouble is not None and trouble.severity.value == "error":
            return trouble
        warnings = [
            *([trouble] if trouble else []),
            *shadowing.harmless_so_far(env),
            *special_folders.warnings(env, interpreter(env)),
        ]
        return ok(
            f"{free_mb(env.folder) / 1000:.0f} GB of disk{_memory_in_words(env)} free, folder writable",
            *warnings,
        )

    return Check(
        id="room",
        title="Room",
        examine=examine,
        needs=needs,
        timeout=20,
        proves="disk, memory and open files suffice, the work folder can be written, and no file in it hides a module",
        symptom="a disk is full, a folder cannot be written, or programs are ended",
    )


def _disk(env: Environment) -> Diagnosis | None:
    places = {env.folder, _temporary(env), Path(interpreter(env).prefix)}
    worst = min(places, key=free_mb)
    free = free_mb(worst)
    if free < disk.FAIL_MB:
        return disk.diagnosis(worst, free)
    if free >= DISK_WARN_MB:
        return None
    return warn(
        DISK_LOW,
        "there is little disk space left: installing packages needs more",
        tell("free some space", f"Free some space on the disk of {worst}."),
        found=f"{free:.0f} MB free",
        wanted=f"{DISK_WARN_MB} MB",
        looked_in=str(worst),
    )


def _temporary(env: Environment) -> Path:
    """The temporary folder; where Python itself finds none that can be written, ours."""
    try:
        return Path(tempfile.gettempdir())
    except OSError:
        return env.scratch


def _memory_in_words(env: Environment) -> str:
    limit = allowance(env).memory_mb
    limits = [mb for mb in (memory_at_first(env), limit) if mb is not None]
    return f" and {min(limits) / 1000:.1f} GB of memory" if limits else ""


def _memory(env: Environment) -> Diagnosis | None:
    available, limit = memory_at_first(env), allowance(env).memory_mb
    if limit is not None and limit < MEMORY_WARN_MB:
        return _little_allowed(limit)
    if available is None or available >= MEMORY_WARN_MB:
        return None
    make = fail if available < MEMORY_FAIL_MB else warn
    return make(
        MEMORY_LOW,
        "there is little free memory: a kernel with pandas needs more",
        tell(
            "close other programs",
            "Close other programs, browsers above all, and run envcheck again.",
        ),
        found=f"{available:.0f} MB available",
        wanted=f"{MEMORY_WARN_MB} MB",
        looked_in="this machine's memory",
    )


def _little_allowed(limit: float) -> Diagnosis:
    """What works in so little is proved by the other checks; what a learner adds may not."""
    return warn(
        MEMORY_LOW,
        "this container or service allows its programs little memory: larger data will end the kernel",
        tell(
            "allow more memory",
            "Start it with more memory, or ask who runs it for more (Docker: --memory=2g).",
        ),
        found=f"{limit:.0f} MB for all programs together",
        wanted=f"{MEMORY_WARN_MB} MB",
        looked_in="the limits of this container (cgroup)",
    )
