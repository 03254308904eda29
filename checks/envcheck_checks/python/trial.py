"""The start of a Python that gave no answer, tried again without variables of the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from envcheck import Environment
from envcheck.target.description import DESCRIPTION
from envcheck.target.interpreter import Unusable
from envcheck.target.script import ask, source_of
from envcheck_checks.diagnosis.failure import Retry
from envcheck_checks.interference.trials import Removed, own_variables, told_by, variables_of


def retry_start(env: Environment, dead: Unusable) -> Retry:
    """How the start is tried again: it works when the Python answers within ten seconds."""
    source = source_of("envcheck.target", "probe.py")
    late = dead.finished.late

    def works(removed: Sequence[Removed]) -> bool | None:
        if late and not removed:
            return None  # `target` has asked it twice, and waited longer
        variables = variables_of(removed)
        answer = ask(env, dead.command, source, shape=DESCRIPTION, timeout=10, variables=variables)
        return told_by(answer.finished, works=bool(answer.objects))

    return Retry(works, all_own_variables, late=late)


def all_own_variables(env: Environment) -> list[Removed]:
    """Those of Python's own variables that are set, also the ones that do no harm elsewhere: a
    value that it does not know ends it.
    """
    return own_variables(env, harmless=())
