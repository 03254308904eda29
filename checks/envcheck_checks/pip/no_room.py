"""No room for what is to be installed: in the temporary folder, or in paths as long as Windows takes."""

from __future__ import annotations

import tempfile
from pathlib import Path

from envcheck import Diagnosis, Environment, fail
from envcheck.fixes.advice import tell
from envcheck.sentences import listed
from envcheck.target.interpreter import Interpreter
from envcheck_checks.machine import disk
from envcheck_checks.machine.long_paths import no_room_for_packages
from envcheck_checks.pip.codes import TEMPORARY_FOLDER_FULL
from envcheck_checks.stack import Stack

TEMPORARY_MB = 300  # pip unpacks the largest of the chapter's wheels there


def diagnose(
    env: Environment, stack: Stack, python: Interpreter, absent: list[str], names: list[str]
) -> Diagnosis | None:
    """`absent` are the requirements that are missing, `names` what they are called."""
    return _temporary_full(env, names) or no_room_for_packages(env, stack, python, absent, names)


def _temporary_full(env: Environment, names: list[str]) -> Diagnosis | None:
    import psutil

    place = env.variables.get("TMPDIR") or tempfile.gettempdir()
    try:
        free = psutil.disk_usage(place).free / 1e6
    except OSError:
        return None
    if free >= TEMPORARY_MB:
        return None
    if free < disk.FAIL_MB:
        return disk.diagnosis(Path(place), free)
    return fail(
        TEMPORARY_FOLDER_FULL,
        f"{listed(names)} cannot be installed: the temporary folder has almost no space left (disk full, No space left on device)",
        tell(
            "make room, or use another folder",
            f"Free some space in {place}, or set TMPDIR to a folder on a larger disk.",
        ),
        found=f"{free:.0f} MB free",
        wanted=f"{TEMPORARY_MB} MB",
        looked_in=place,
    )
