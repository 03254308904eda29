"""An environment lies with the chapter, and another one is active and was examined."""

from __future__ import annotations

from envcheck import Confidence, Diagnosis, Environment, Fix, warn
from envcheck.fixes.advice import activation
from envcheck.target.interpreter import Interpreter
from envcheck_checks.python.codes import ENVIRONMENT_BESIDE


def warnings(env: Environment, python: Interpreter) -> list[Diagnosis]:
    """What is typed in this terminal meets the active one: that is the learner's, and may be meant."""
    place = env.located.beside
    if not place:
        return []
    return [
        warn(
            ENVIRONMENT_BESIDE,
            "another environment is active than the one that lies with the chapter",
            Fix("activate the chapter's environment", (activation(env, place),), Confidence.ASK),
            found=python.prefix,
            wanted=f"{place}, unless the active one is meant",
            looked_in="VIRTUAL_ENV and CONDA_PREFIX",
        )
    ]
