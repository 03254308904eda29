"""A file of the work folder that stops `python -m notebook` there: that command looks for modules in the folder first.

The command `jupyter` does not. Our own server starts in an empty folder, and never meets such a file.
"""

from __future__ import annotations

from pathlib import Path

from envcheck import Diagnosis, Environment
from envcheck_checks.interference import shadowing
from envcheck_checks.interference.private_folders import private_folders
from envcheck_checks.jupyter.check import LaunchWay


def diagnose(env: Environment, way: LaunchWay) -> Diagnosis | None:
    """Only where the learner has no other way to start Jupyter: else the file is a warning of another check."""
    met = shadowing.hiding(env) if way.spoken.startswith("python -m") else []
    if not met or _starts(env, way, env.folder) or not _starts(env, way, env.neutral_folder):
        return None
    guilty = next((path for path in met if not _starts(env, way, shadowing.alone(env, path))), None)
    if guilty is None:
        return None
    return shadowing.hides(
        env,
        guilty,
        note=f"`{way.spoken}` cannot start in this folder: it looks for modules here first",
    )


def _starts(env: Environment, way: LaunchWay, folder: Path) -> bool:
    """Whether the program gets so far as to say its version, for which it loads nearly all of its modules."""
    return env.run(
        [*way.argv, "--version"], cwd=folder, timeout=20, variables=private_folders(env).variables
    ).ok
