"""Where a container allows so little that the system ended or refused a program of the run, what
then failed says nothing about the learner's environment.
"""

from __future__ import annotations

from envcheck.environment import Environment
from envcheck.model import Diagnosis, Outcome, Severity, Unknown
from envcheck.target.allowance import allowance, read


def judged(outcome: Outcome, env: Environment) -> Outcome:
    """The outcome; UNDETERMINED with the limit as its cause, where it failed and the limit was met."""
    begun = allowance(env)
    if not begun.tight or not _fails(outcome):
        return outcome
    now = read()
    signs = [
        *(["the system ended a program for want of memory"] if now.ended > begun.ended else []),
        *(["the system refused to start a program"] if now.refused > begun.refused else []),
    ]
    if not signs:
        return outcome
    return Unknown(
        f"not told: this container or service allows all its programs together {begun.words}, and {signs[0]}. "
        "Give it more, or close what else runs in it"
    )


def _fails(outcome: Outcome) -> bool:
    if isinstance(outcome, Diagnosis):
        return outcome.severity is Severity.ERROR
    return isinstance(outcome, Unknown) or (
        isinstance(outcome, tuple)
        and any(diagnosis.severity is Severity.ERROR for diagnosis in outcome)
    )
