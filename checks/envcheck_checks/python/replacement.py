"""Another Python of this machine for one that cannot be used: as it is when it has everything, or
as an environment's base.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, Fix, Rename, Tell, places
from envcheck.fixes import standing
from envcheck.fixes.advice import install, new_environment, tell, typed, use
from envcheck.target import conda, python_homes
from envcheck.target.interpreter import Interpreter, question
from envcheck.target.locate import typed_names
from envcheck.target.systems import OWN_PYTHON, at_hand, get_python
from envcheck.versions import allows
from envcheck_checks.commands import moved
from envcheck_checks.machine.system import listed_folders
from envcheck_checks.python import off_path

MINORS = range(7, 30)  # of Python 3, as far as anybody can see
MICROS = 30
MOST = 6  # Pythons that are asked, beside the one that cannot be used


@dataclass(frozen=True)
class Wanted:
    """Versions as a PEP 440 specifier, and what the chapter needs in an environment that is made
    for it.
    """

    versions: str
    requirements: tuple[str, ...] = ()


def instead(env: Environment, wanted: Wanted) -> tuple[Fix, ...]:
    """A Python that does run and is new enough, with all that the chapter needs; or where to get
    one.
    """
    others = [
        *standing.working(env, wanted.versions, wanted.requirements),
        *_usable(env, wanted.versions),
    ]
    every = chain(others, _of_conda(env, wanted))
    whole = next((other for other in every if _has(other, wanted)), None)
    if whole is not None:
        return (
            Fix(
                f"use the Python {whole.version} that is also on this machine",
                (use(whole, env=env),),
            ),
        )
    if others and standing.is_here(env, others[0]):
        return (_filled(env, others[0], wanted),)
    if others:
        return (_environment(env, others[0], wanted),)
    return (_from_the_net(env, wanted),)


def _from_the_net(env: Environment, wanted: Wanted) -> Fix:
    """Nothing here fits. The system's package is named where nobody has it yet: what is there of it
    has been asked, and does not fit.
    """
    line = at_hand(get_python(), env.variables.get("PATH", ""))
    tried = OWN_PYTHON in _on_path(env)
    return tell(
        "install a Python",
        f"Install Python{_newest(wanted.versions)} from https://www.python.org/downloads/.",
        *([typed(line, "Or with:")] if line and not tried else []),
        "Then open a new terminal and run envcheck again.",
    )


def _newest(versions: str) -> str:
    """` 3.12`, where the newest that the course takes is not the newest of all; else nothing."""
    taken = [minor for minor in MINORS if _is_taken(versions, minor)]
    return f" 3.{taken[-1]}" if taken and taken[-1] != MINORS[-1] else ""


def _is_taken(versions: str, minor: int) -> bool:
    return any(allows(versions, f"3.{minor}.{micro}") for micro in range(MICROS))


def moved_here(env: Environment, command: str, wanted: Wanted) -> Diagnosis | None:
    """Nothing is at `command`, and an environment of this folder was made there: it was moved."""
    diagnoses = (
        moved.left_behind(env, python, command) for python in standing.working(env, wanted.versions)
    )
    return next((diagnosis for diagnosis in diagnoses if diagnosis is not None), None)


def _environment(env: Environment, base: Interpreter, wanted: Wanted) -> Fix:
    """Made by that Python. What stands where it goes, and does not work, is moved aside first: sure
    where it is what cannot be used, and else a person's choice.
    """
    made = new_environment(env, base, wanted.requirements)
    if (
        made.confidence is Confidence.LIKELY
    ):  # a project's manager makes its own, with its own Python
        return made
    title = f"{made.title}, made by the Python {base.version} that is also on this machine"
    moved_aside = [step.source for step in made.steps if isinstance(step, Rename)]
    if not moved_aside:
        return replace(made, title=title)
    asked_about = places.lies_in(env.located.command[0], moved_aside[0])
    by_a_person = any(isinstance(step, Tell) for step in made.steps) or not asked_about
    sure = Confidence.ASK if by_a_person else Confidence.SURE
    return Fix(title, made.steps, sure)


def _filled(env: Environment, there: Interpreter, wanted: Wanted) -> Fix:
    """What the chapter needs, put into the environment that the folder has."""
    title = f"use the environment {there.prefix}, with what the chapter needs in it"
    made = install(env, there, wanted.requirements, title)
    return (
        made
        if isinstance(made.steps[-1], Tell)
        else replace(made, steps=(*made.steps, use(there, env=env)))
    )


def _of_conda(env: Environment, wanted: Wanted) -> Iterator[Interpreter]:
    """conda's environments that have everything, wherever they are kept: by the names of what is
    in them, before any Python is started.
    """
    for place in conda.environments(env.variables) if wanted.requirements else ():
        inside = conda.python_in(place)
        if str(inside) == env.located.command[0] or not os.path.exists(inside):
            continue
        if not conda.has_all(place, wanted.requirements):
            continue
        answer = question(env, (str(inside),))
        if isinstance(answer, Interpreter) and allows(wanted.versions, answer.version):
            yield answer


def _has(python: Interpreter, wanted: Wanted) -> bool:
    return not standing.lacking(python, wanted.requirements)


def _usable(env: Environment, versions: str) -> Iterator[Interpreter]:
    """The Pythons of the machine that answer and are new enough, without the one in question."""
    seen = {str(Path(env.located.command[0]).absolute())}
    for executable in (*_on_path(env), *off_path.pythons(env), *_kept(env, versions)):
        if executable in seen or len(seen) > MOST:
            continue
        seen.add(executable)
        answer = question(env, (executable,))
        if isinstance(answer, Interpreter) and allows(versions, answer.version):
            yield answer


def _kept(env: Environment, versions: str) -> Iterator[str]:
    """The newest that fits of those that pyenv, uv and installers keep for themselves."""
    for minor in reversed(MINORS):
        if _is_taken(versions, minor):
            places = map(str, python_homes.pythons_of(minor, env.variables))
            yield from (place for place in places if os.access(place, os.X_OK))


def _on_path(env: Environment) -> Iterator[str]:
    for folder in listed_folders(env, "PATH"):
        for name in typed_names():
            if executable := shutil.which(name, path=folder):
                yield executable
