"""A Python without a pip, or with half of one, gets a whole one from its own ensurepip."""

from __future__ import annotations

from collections.abc import Sequence

from envcheck import Confidence, Environment, Fix, Run, Step
from envcheck.fixes.advice import install, manager_of, own_pip
from envcheck.target.interpreter import Interpreter


def put_pip_there(env: Environment, python: Interpreter, missing: Sequence[str]) -> Fix:
    """pip from ensurepip, and then what is missing. A system's Python is its owner's to change."""
    steps: list[Step] = [Run((python.executable, "-m", "ensurepip", "--upgrade"))]
    sure = Confidence.SURE if python.is_environment else Confidence.ASK
    if missing and manager_of(env, python):
        fix = install(env, python, missing)
        steps, sure = [*steps, *fix.steps], fix.confidence
    elif missing:
        steps.append(Run((*own_pip(python), *missing)))
    return Fix("put pip into this Python", tuple(steps), sure)
