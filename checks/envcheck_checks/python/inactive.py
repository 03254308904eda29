"""The course's environment was found, and what is typed in this terminal meets another Python."""

from __future__ import annotations

from envcheck import Confidence, Diagnosis, Environment, Fix, warn
from envcheck.fixes.advice import activation
from envcheck.target.interpreter import Interpreter
from envcheck.target.terminal import before
from envcheck_checks.commands import moved
from envcheck_checks.python import powershell, split_path
from envcheck_checks.python.codes import ENVIRONMENT_NOT_ACTIVE
from envcheck_checks.python.replacement import Wanted


def diagnose(env: Environment) -> Diagnosis:
    """With the line that activates it, where this terminal takes one."""
    return powershell.no_activation(env, env.located.inactive) or _inactive(env)


def leads_nowhere(env: Environment, python: Interpreter, wanted: Wanted) -> Diagnosis | None:
    """The line that activates it would be typed in vain."""
    if not env.located.inactive:
        return None
    return split_path.diagnose(env, python, wanted) or moved.leads_away(env, python)


def _inactive(env: Environment) -> Diagnosis:
    place = env.located.inactive
    first = before(env.variables, place)
    active = env.variables.get("VIRTUAL_ENV") or env.variables.get("CONDA_PREFIX")
    how = (
        "is activated, and another Python stands before it on PATH"
        if first
        else "is not active in this terminal"
    )
    return warn(
        ENVIRONMENT_NOT_ACTIVE,
        f"the course's environment was found and used, and {how}: what you type next meets another Python",
        Fix("activate the environment", (activation(env, place),), Confidence.ASK),
        found=first or active or "no active environment",
        wanted=place,
        looked_in="PATH" if first else "VIRTUAL_ENV and CONDA_PREFIX",
    )
