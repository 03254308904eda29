"""What the learner may not do: run programs from a disk, write into the environment."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from envcheck import Diagnosis, Environment, fail
from envcheck.advice import new_environment, tell
from envcheck.python import interpreter
from envcheck_checks.causes.folders import write_error


def no_programs(env: Environment) -> Diagnosis | None:
    """The environment lies on a disk that allows no programs: compiled parts of packages cannot be loaded."""
    if sys.platform == "win32":
        return None
    place = interpreter(env).paths.get("platlib", interpreter(env).prefix)
    try:
        refused = os.statvfs(place).f_flag & getattr(os, "ST_NOEXEC", 0)
    except OSError:
        return None
    if not refused:
        return None
    return fail(
        "disk-allows-no-programs",
        "this environment lies on a disk or mount that allows no programs (noexec): compiled packages cannot be loaded (Permission denied)",
        tell("move the environment", "Make the course's environment in a folder of your home, not on a USB stick or a shared folder."),
        found="mounted noexec",
        wanted="a disk that allows programs",
        looked_in=place,
    )


def environment_not_yours(env: Environment, missing: list[str], everything: Sequence[str]) -> Diagnosis | None:
    """Nothing can be installed: the packages folder belongs to somebody else."""
    python = interpreter(env)
    place = Path(python.paths.get("purelib", python.prefix))
    error = write_error(place) if place.exists() else None
    if error is None:
        return None
    return fail(
        "environment-read-only",
        f"{', '.join(missing)} cannot be installed: you may not write into this environment's site-packages (Permission denied)",
        new_environment(env, python, everything),
        found=f"{error.strerror} for {place}",
        wanted="an environment of your own",
        looked_in=str(place),
        note="an environment that was made with sudo belongs to root; do not mend that with sudo pip install",
    )
