"""What this Python has and does not find: a variable sends it elsewhere for its library or its
packages.

Asked before anything is installed: what is brought in would land where the variable leads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from envcheck import Diagnosis, Environment, fact
from envcheck.target.interpreter import Interpreter, question
from envcheck_checks.interference import settings

HOME = "PYTHONHOME"
DECIDE = (HOME, "PYTHONNOUSERSITE", "PYTHONUSERBASE")  # where a Python looks


@fact
def without(env: Environment) -> Mapping[str, Interpreter]:
    """The same Python, by each of these variables that is set, as it is without that one. One that
    does not answer then needs it.
    """
    answers = {
        name: question(env, env.located.command, {name: None})
        for name in DECIDE
        if env.variables.get(name)
    }
    return {name: own for name, own in answers.items() if isinstance(own, Interpreter)}


def by_variable(
    env: Environment, python: Interpreter, what: str, whole: Callable[[Interpreter], bool]
) -> Diagnosis | None:
    """The variable because of which `what`: without it this Python is `whole`, or is another
    installation, with a library and packages of its own.
    """
    for name, own in without(env).items():
        if (name == HOME and not own.is_at(python.prefix)) or whole(own):
            return settings.variable(env, name, what, "")
    return None
