"""An environment of conda's that has everything, where the Python in use was no choice: conda's
base, or whatever is on PATH.
"""

from __future__ import annotations

import os
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, fail
from envcheck.fixes.advice import use
from envcheck.module_names import among
from envcheck.sentences import listed
from envcheck.target import conda
from envcheck.target.conda_packages import distributions
from envcheck.target.interpreter import Interpreter
from envcheck.target.terminal import is_conda_base
from envcheck_checks.pip import conda_trouble
from envcheck_checks.pip.codes import CONDA_BASE_ACTIVE, CONDA_ENVIRONMENT_NOT_ACTIVE
from envcheck_checks.stack import Stack

BASE = "conda's base environment is active, without"
OTHER = "this Python is without"


def diagnose(
    env: Environment, stack: Stack, python: Interpreter, names: list[str]
) -> Diagnosis | None:
    """`names` are missing from this Python: what keeps conda from installing or activating, else an
    environment of its own that has them.
    """
    return conda_trouble.diagnose(env, python, names) or _elsewhere(env, stack, python, names)


def _elsewhere(
    env: Environment, stack: Stack, python: Interpreter, names: list[str]
) -> Diagnosis | None:
    """With PYTHONHOME set it may be that this Python sees the library of another: nothing is said."""
    base = is_conda_base(env.variables, python.prefix) or python.kind == "conda"
    if env.variables.get("PYTHONHOME") or (python.is_environment and not base):
        return None
    if env.located.rule.startswith("--python"):
        return None
    for place in conda.environments(env.variables, python.prefix):
        inside = conda.python_in(place)
        if not python.is_at(place) and os.path.exists(inside) and has_all(place, stack):
            return _not_active(env, python, place, names, base=base)
    return None


def has_all(place: Path, stack: Stack) -> bool:
    """Whether the chapter's packages are there and new enough, with a kernel and something to
    launch.
    """
    there = distributions(place)
    return (
        all(
            (name := among(package.name, there)) and package.allows(there[name])
            for package in stack.packages
        )
        and stack.kernel in there
        and any(name in there for name in stack.launchers)
    )


def _not_active(
    env: Environment, python: Interpreter, place: Path, names: list[str], *, base: bool
) -> Diagnosis:
    where = "beside it " if place.parent == Path(python.prefix, "envs") else ""
    default = env.variables.get("CONDA_DEFAULT_ENV", "not set")
    return fail(
        CONDA_BASE_ACTIVE if base else CONDA_ENVIRONMENT_NOT_ACTIVE,
        f"{BASE if base else OTHER} {listed(names)}; "
        f"the conda environment `{place.name}` {where}has the chapter's packages",
        Fix(
            f"use the conda environment `{place.name}`: activate it",
            (use(str(conda.python_in(place)), "conda", env),),
        ),
        found=f"base: {python.prefix} (CONDA_DEFAULT_ENV={default})"
        if base
        else f"{python.executable} ({env.located.rule})",
        wanted=str(place),
        looked_in=str(place.parent),
    )
