"""The course's environment was found, and what is typed in this terminal meets another Python."""

from __future__ import annotations

from envcheck import Confidence, Diagnosis, Environment, Fix, warn
from envcheck.fixes.advice import activation
from envcheck.target.terminal import before
from envcheck_checks.python import powershell
from envcheck_checks.python.codes import ENVIRONMENT_NOT_ACTIVE


def diagnose(env: Environment) -> Diagnosis:
    """With the line that activates it, where this terminal takes one."""
    return powershell.no_activation(env, env.located.inactive) or _inactive(env)


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
