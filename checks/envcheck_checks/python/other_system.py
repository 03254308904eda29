"""An environment that another system made: Windows' in a folder that a Linux inside it sees too, or
one that came along on a disk, in a cloud or with git.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, Fix, Rename, fail
from envcheck_checks.machine.system import system
from envcheck_checks.python.codes import PYTHON_ENVIRONMENT_BROKEN
from envcheck_checks.python.replacement import Wanted, instead

# Where the Pythons of an environment lie (PEP 405), on Windows and elsewhere.
WINDOWS, UNIX = "Scripts/python.exe", "bin/python"


def diagnose(env: Environment, command: str, wanted: Wanted) -> Diagnosis | None:
    """Nothing is at `command`, and the environment has its Python where another system looks."""
    folder = Path(command).parent.parent
    windows = system(env).is_windows
    theirs = folder / (UNIX if windows else WINDOWS)
    there = os.path.isfile(folder / "pyvenv.cfg") and os.path.lexists(theirs)
    if not there or os.path.lexists(command):
        return None
    where = "Linux or macOS" if windows else "Windows"
    return fail(
        PYTHON_ENVIRONMENT_BROKEN,
        f"this environment was made on {where}, and nothing in it can be started here",
        *(_left_to_a_person(fix) for fix in instead(env, wanted)),
        found=str(theirs),
        wanted="an environment that was made on this system",
        looked_in=command,
        note="each system needs an environment of its own: leave `.venv` out when you copy a course's folder",
    )


def _left_to_a_person(fix: Fix) -> Fix:
    """What is moved aside may be in use on the other system: in WSL it is the same folder."""
    moved = any(isinstance(step, Rename) for step in fix.steps)
    return replace(fix, confidence=Confidence.ASK) if moved else fix
