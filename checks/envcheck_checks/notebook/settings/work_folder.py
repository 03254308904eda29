"""A file of the work folder that stops `python -m notebook` there: that command looks for modules
in the folder first.

The command `jupyter` does not.
"""

from __future__ import annotations

from pathlib import Path

from envcheck import Diagnosis, Environment
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.interference import shadowing
from envcheck_checks.interference.private_folders import private_folders
from envcheck_checks.jupyter.check import LaunchWay, likely_way


def diagnose(env: Environment, failure: Failure) -> Diagnosis | None:
    """Only where the learner has no other way to start Jupyter: else the file is a warning of
    another check.
    """
    way = likely_way(env, failure.stack) if failure.stack is not None else None
    if way is None or not way.spoken.startswith("python -m"):
        return None
    files = shadowing.hiding(env)
    if not files or starts_in(env, way, env.folder) or not starts_in(env, way, env.neutral_folder):
        return None
    guilty = (path for path in files if not starts_in(env, way, shadowing.alone(env, path)))
    file = next(guilty, None)
    if file is None:
        return None
    note = f"`{way.spoken}` cannot start in this folder: it looks for modules here first"
    return shadowing.hides(env, file, note=note)


def starts_in(env: Environment, way: LaunchWay, folder: Path) -> bool:
    """Whether the program gets so far as to say its version, for which it loads nearly all of its
    modules.

    Looked up once a run for each folder.
    """
    argv = [*way.argv, "--version"]
    variables = private_folders(env).variables
    return env.look_up(
        f"{way.spoken} starts in {folder}",
        lambda env: env.run(argv, cwd=folder, timeout=20, variables=variables).ok,
    )
