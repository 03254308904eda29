"""Compiled files that were installed and are gone again: on Windows an antivirus program takes them
away.
"""

from __future__ import annotations

from envcheck import Environment
from envcheck_checks.machine.system import system

TAKEN = (".pyd", ".dll", ".exe")


def note(env: Environment, file: str) -> str:
    """What a learner should look into before installing again; empty where that is no
    likely cause.
    """
    if not system(env).is_windows or not file.lower().endswith(TAKEN):
        return ""
    return (
        "an antivirus program may have taken it away: look into its quarantine (in Windows Security, Protection history), "
        "restore the file, and let the environment's folder out of its scans"
    )
