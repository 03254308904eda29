"""The environment that was activated has everything, and another Python stands before it on PATH: the
stand-ins of pyenv, asdf or mise, or whatever a start-up file put there later.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, fail
from envcheck.fixes.advice import activation
from envcheck.sentences import listed
from envcheck.target.interpreter import Interpreter
from envcheck.target.terminal import ACTIVATES, before
from envcheck_checks.pip.codes import ENVIRONMENT_BEHIND_ANOTHER
from envcheck_checks.pip.other_environment import has_all
from envcheck_checks.stack import Stack


def diagnose(
    env: Environment, stack: Stack, python: Interpreter, names: Sequence[str]
) -> Diagnosis | None:
    """`names` are missing from the Python that is met; None where it was asked for by name."""
    if env.located.rule.startswith("--python"):
        return None
    active = (env.variables.get(name, "") for name in ACTIVATES)
    for place in filter(None, active):
        first = before(env.variables, place)
        if first and not python.is_at(place) and has_all(Path(place), stack):
            return _behind(env, python, place, first, names)
    return None


def _behind(
    env: Environment, python: Interpreter, place: str, first: str, names: Sequence[str]
) -> Diagnosis:
    name = Path(place).name
    return fail(
        ENVIRONMENT_BEHIND_ANOTHER,
        f"this Python is without {listed(names)}; the environment `{name}`, which is activated here, has the chapter's "
        "packages and stands behind this Python on PATH",
        Fix(f"put `{name}` first: activate it again", (activation(env, place),)),
        found=f"{python.executable}, by {first}",
        wanted=place,
        looked_in="PATH",
        note=f"a start-up file of your shell puts {first} on PATH; in each terminal what is activated after that comes first",
    )
