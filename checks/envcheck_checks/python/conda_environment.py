"""The active environment is conda's, and has no Python, or is gone: it was made without one,
renamed, or removed.
"""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, Fix, Run, Step, fail
from envcheck.fixes import by_conda
from envcheck.fixes.advice import tell, typed, use
from envcheck.fixes.backup import move_aside
from envcheck.target import conda
from envcheck.target.locate import ACTIVE_CONDA
from envcheck_checks.python.codes import CONDA_ENVIRONMENT_GONE, CONDA_ENVIRONMENT_WITHOUT_PYTHON
from envcheck_checks.python.replacement import Wanted


@dataclass(frozen=True)
class _Place:
    prefix: str
    command: str


def diagnose(env: Environment, wanted: Wanted) -> Diagnosis | None:
    """The diagnosis of an active environment of conda's that is gone, or has no Python; None of any
    other place. Asked where no Python is.
    """
    if env.located.rule != ACTIVE_CONDA:
        return None
    prefix = env.variables.get("CONDA_PREFIX", "")
    place = _Place(prefix, conda.find_command(env.variables, prefix))
    return (
        _without_python(env, place, wanted)
        if conda.is_environment(prefix)
        else _gone(env, place, wanted)
    )


def _without_python(env: Environment, place: _Place, wanted: Wanted) -> Diagnosis:
    return fail(
        CONDA_ENVIRONMENT_WITHOUT_PYTHON,
        f"the conda environment `{Path(place.prefix).name}` is active and has no Python in it",
        _make(env, place, wanted, "put Python and the chapter's packages into this environment"),
        found=f"no {conda.python_in('')} in it",
        wanted=f"Python {wanted.versions}",
        looked_in=place.prefix,
        note="`conda create -n NAME` without `python` makes an empty environment",
    )


def _gone(env: Environment, place: _Place, wanted: Wanted) -> Diagnosis:
    whole = next(
        (
            environment
            for environment in _others(env, place)
            if conda.has_all(environment, wanted.requirements)
        ),
        None,
    )
    fix = (
        Fix(
            f"use the conda environment `{whole.name}`, which has the chapter's packages",
            (use(str(conda.python_in(whole)), "conda", env),),
        )
        if whole is not None
        else _make(env, place, wanted, "make it anew, with the chapter's packages")
    )
    return fail(
        CONDA_ENVIRONMENT_GONE,
        f"the conda environment `{Path(place.prefix).name}` is active in this terminal and is not there any more",
        fix,
        found="no folder"
        if not os.path.isdir(place.prefix)
        else "a folder that conda did not make",
        wanted="an environment of conda's",
        looked_in=place.prefix,
        note="this happens when an environment is renamed or removed while a terminal uses it",
    )


def _others(env: Environment, place: _Place) -> list[Path]:
    """The other environments, conda's base last."""
    environments = [
        environment
        for environment in conda.environments(env.variables, place.prefix)
        if os.path.exists(conda.python_in(environment))
    ]
    return sorted(environments, key=lambda environment: os.path.isdir(environment / "condabin"))


def _make(env: Environment, place: _Place, wanted: Wanted, title: str) -> Fix:
    if not place.command:
        return tell(
            title,
            typed(
                shlex.join(("conda", "install", "--prefix", str(place.prefix), "python")),
                "In a terminal that knows conda, type:",
            ),
        )
    base = str(Path(os.path.realpath(place.command)).parent.parent)
    words = by_conda.create(place.command, place.prefix, base, wanted.requirements, wanted.versions)
    taken = os.path.lexists(place.prefix) and not conda.is_environment(place.prefix)
    steps: tuple[Step, ...] = (
        *([move_aside(place.prefix)] if taken else []),
        Run(words),
        use(str(conda.python_in(place.prefix)), "conda", env),
    )
    return Fix(title, steps, Confidence.ASK if taken else Confidence.SURE)
