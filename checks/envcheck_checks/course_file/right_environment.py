"""The environment of conda's that the course has its learners make: it is there, and it is the one in
use.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from envcheck import Check, Confidence, Cost, Environment, Fix, Outcome, fail, ok, skip, warn
from envcheck.fixes.advice import activation
from envcheck.sentences import listed
from envcheck.target import conda
from envcheck.target.fulfilled import has
from envcheck.target.interpreter import Interpreter, Unusable, target
from envcheck.versions import allows
from envcheck_checks.course_file import making_environment
from envcheck_checks.course_file.chapter_place import ChapterPlace
from envcheck_checks.course_file.codes import (
    COURSE_ENVIRONMENT_NOT_ACTIVE,
    COURSE_ENVIRONMENT_NOT_MADE,
)
from envcheck_checks.course_file.key_page import page
from envcheck_checks.course_file.wanted import Wanted
from envcheck_checks.python.codes import ENVIRONMENT_BESIDE

FEW = 3  # packages that a sentence names


def right_environment(name: str, wanted: Wanted, versions: str, place: ChapterPlace) -> Check:
    """The learner's Python is that of the environment `name`, or has all that the chapter needs.
    `versions` is a specifier of Pythons.
    """
    return Check(
        id="conda-environment",
        title="conda environment",
        examine=partial(_examine, name, wanted, versions, place),
        timeout=45,
        proves=f"the conda environment `{name}` is in use, or another one that has all of it",
        cost=Cost(0.1, 5),
        scope=place.scope,
        page=page(
            "The conda environment of a course",
            f"The course has its learners make an environment of conda's, `{name}`.",
            "Packages that were installed there are in no other environment, and what you type in a "
            "terminal meets the active one alone.",
            "The environments of conda's on this machine are looked for, wherever it keeps them. Where "
            "another one is in use that lacks something, that is the cause of all that is missing.",
            "`conda env list`: the active one has a `*`",
            {
                COURSE_ENVIRONMENT_NOT_ACTIVE: "it is there, and another one is active",
                ENVIRONMENT_BESIDE: "the same, and that one has all that the chapter needs",
                COURSE_ENVIRONMENT_NOT_MADE: "it was never made, or under another name",
            },
        ),
    )


def _examine(
    name: str, wanted: Wanted, versions: str, place: ChapterPlace, env: Environment
) -> Outcome:
    python = target(env)
    there = _of_name(env, name)
    if isinstance(python, Interpreter) and any(python.is_at(each) for each in there):
        return ok(f"`{name}`, {'not active here' if env.located.inactive else 'which is active'}")
    if env.located.rule.startswith("--python"):
        return skip(f"--python names another Python than that of `{name}`")
    lacking = _lacking(env, python, wanted, versions)
    if there:
        return _not_active(env, there[0], python, lacking)
    if lacking:
        return _not_made(env, name, wanted, versions, place, lacking)
    return ok(f"there is no `{name}`, and this Python has what the chapter needs")


def _of_name(env: Environment, name: str) -> list[Path]:
    """The environments of this name that have a Python."""
    places = conda.named(env.variables, name)
    return [place for place in places if os.path.exists(conda.python_in(place))]


def _not_active(
    env: Environment, place: Path, python: Interpreter | Unusable, lacking: str
) -> Outcome:
    used = python.prefix if isinstance(python, Interpreter) else env.located.command[0]
    sides = {"found": used, "wanted": str(place), "looked_in": "VIRTUAL_ENV and CONDA_PREFIX"}
    step = activation(env, str(place))
    title = f"use the conda environment `{place.name}`: activate it"
    if lacking:
        return fail(
            COURSE_ENVIRONMENT_NOT_ACTIVE,
            f"the course's conda environment `{place.name}` is not the active one, which {lacking}",
            Fix(title, (step,)),
            **sides,
        )
    beside = warn(
        ENVIRONMENT_BESIDE,
        f"another environment is active than `{place.name}`, which the course has you make",
        Fix(title, (step,), Confidence.ASK),
        **sides,
    )
    return ok(f"`{place.name}` is there; the active one has what the chapter needs, too", beside)


def _not_made(
    env: Environment,
    name: str,
    wanted: Wanted,
    versions: str,
    place: ChapterPlace,
    lacking: str,
) -> Outcome:
    others = [each.name for each in conda.environments(env.variables) if each.parent.name == "envs"]
    return fail(
        COURSE_ENVIRONMENT_NOT_MADE,
        f"the course's conda environment `{name}` is not there, and the Python in use {lacking}",
        making_environment.fix(
            env, name, making_environment.list_of(wanted, place), wanted, versions
        ),
        found=f"environments {listed(others)}" if others else "no environment of conda's",
        wanted=f"the environment `{name}`",
        looked_in="conda's folders of environments",
    )


def _lacking(
    env: Environment, python: Interpreter | Unusable, wanted: Wanted, versions: str
) -> str:
    """What the chapter needs and this Python does not have, in words; empty where it has all."""
    if isinstance(python, Unusable):
        return "does not work"
    if not allows(versions, python.version):
        return f"is Python {python.version}"
    stack = wanted.stack(env)
    absent = [
        package.name
        for package in stack.packages
        if package.name not in wanted.condas and not has(python, package.requirement)
    ]
    if stack.kernel and stack.kernel not in python.installed:
        absent.append(stack.kernel)
    if stack.launchers and not any(name in python.installed for name in stack.launchers):
        absent.append(stack.launchers[0])
    more = len(absent) - FEW
    names = listed(absent[:FEW]) if more <= 0 else f"{', '.join(absent[:FEW])} and {more} more"
    return f"lacks {names}" if absent else ""
