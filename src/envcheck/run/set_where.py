"""A variable that is changed in a terminal is as before in the next one: a diagnosis that asks for
it says in which start-up file it is set, or where a new value is kept.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace

from envcheck.environment import Environment
from envcheck.model import Diagnosis, Fine, NotDone, Outcome, SetEnv, UnsetEnv
from envcheck.sentences import listed
from envcheck.target import shells
from envcheck.target.home import home_of
from envcheck.target.startup_files import kept_in, set_in


def with_places(outcome: Outcome, env: Environment) -> Outcome:
    """The same, its notes completed."""
    match outcome:
        case Diagnosis():
            return _noted(outcome, env)
        case Fine():
            return replace(
                outcome, warnings=tuple(_noted(diagnosis, env) for diagnosis in outcome.warnings)
            )
        case NotDone():
            return NotDone(_noted(outcome.warning, env))
        case tuple():
            return tuple(_noted(diagnosis, env) for diagnosis in outcome)
        case _:
            return outcome


def _noted(diagnosis: Diagnosis, env: Environment) -> Diagnosis:
    steps = diagnosis.fixes[0].steps if diagnosis.fixes else ()
    names = [step.name for step in steps if isinstance(step, UnsetEnv | SetEnv)]
    places = {name: set_in(env, name) for name in dict.fromkeys(names)}
    notes = [
        f"{name} is set in {listed(places[name])}: change it there too, or new terminals have it again"
        for name in places
        if places[name]
    ]
    new = [step for step in steps if isinstance(step, SetEnv) and not places[step.name]]
    return replace(
        diagnosis, note="; ".join(filter(None, [diagnosis.note, *notes, *_keeping(new, env)]))
    )


def _keeping(new: Sequence[SetEnv], env: Environment) -> Iterator[str]:
    """How what is set nowhere yet is kept; nothing where there is no home to keep it in."""
    if not new or not os.path.isdir(home_of(env.variables)):
        return
    if file := kept_in(env.variables):
        names = listed(list(dict.fromkeys(step.name for step in new)))
        yield f"{names} is set in no file: add the line to {file}, or new terminals do not have it"
        return
    shell = shells.learners(env.variables)
    for step in new:
        line = shells.command(("setx", step.name, step.value), shell)
        yield f"`{line}` keeps {step.name} for new terminals"
