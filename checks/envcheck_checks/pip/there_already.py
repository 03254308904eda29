"""What is missing is on this machine already: hidden by a variable, in the environment that was
activated, in this one for another version of Python, in another of the learner's own, or of conda's.
"""

from __future__ import annotations

from collections.abc import Iterable

from envcheck import Diagnosis, Environment
from envcheck.module_names import among
from envcheck.sentences import listed
from envcheck.target.conda_packages import distributions
from envcheck.target.interpreter import Interpreter
from envcheck.versions import name_of, normal_name
from envcheck_checks.installed import missing
from envcheck_checks.interference import hidden
from envcheck_checks.pip import behind, named_otherwise, other_environment, other_version
from envcheck_checks.stack import Stack


def diagnose(
    env: Environment, stack: Stack, python: Interpreter, names: list[str]
) -> Diagnosis | None:
    """The diagnosis that what this Python lacks, `names`, is there and only not met: a variable hides
    it, or it lies in another environment. None where it is not there.
    """
    what = f"{listed(names)} cannot be found"
    return (
        hidden.by_variable(env, python, what, lambda own: not missing.names(own, stack))
        or behind.diagnose(env, stack, python, names)
        or other_version.diagnose(env, stack, python, names)
        or named_otherwise.diagnose(env, stack, python, names)
        or other_environment.diagnose(env, stack, python, names)
    )


def those_of(prefix: str, absent: Iterable[str]) -> list[str]:
    """Which of these requirements that environment has: those were installed there, of the others nothing is said."""
    there = distributions(prefix)
    return [name for name in map(name_of, absent) if among(normal_name(name), there)]
