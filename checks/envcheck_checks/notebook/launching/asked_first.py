"""What is asked before the notebook server is looked at: what would spoil the attempt, and what the
attempt cannot meet.
"""

from __future__ import annotations

from envcheck import Diagnosis, Environment
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.diagnosis.order import MACHINE, first_cause
from envcheck_checks.notebook.launching.beforehand import BEFOREHAND
from envcheck_checks.stack import Stack

TROUBLE = "the notebook server does not start"


def cause_in_the_machine(env: Environment) -> Diagnosis | None:
    """The diagnosis of what would spoil the attempt itself; None where nothing would."""
    return first_cause(env, Failure(TROUBLE), MACHINE)


def cause_in_settings(env: Environment, stack: Stack) -> Diagnosis | None:
    """The diagnosis of what the attempt cannot meet, since port, token and folders are ours; None
    without one.
    """
    return first_cause(env, Failure(TROUBLE, stack=stack), BEFOREHAND)
