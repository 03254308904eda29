"""A variable that is changed in a terminal is back in the next one: a diagnosis that asks for it
says in which start-up file it is set.
"""

from __future__ import annotations

from dataclasses import replace

from envcheck.environment import Environment
from envcheck.model import Diagnosis, Fine, NotDone, Outcome, SetEnv, UnsetEnv
from envcheck.sentences import listed
from envcheck.target.startup_files import set_in


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
    return replace(diagnosis, note="; ".join(filter(None, [diagnosis.note, *notes])))
