"""What is proved of a notebook server that was started: it comes up, does what a page asks of it,
and ends.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from envcheck import Diagnosis, Environment, Outcome, fail, unknown
from envcheck.fixes.advice import ask_teacher
from envcheck_checks.interference.trials import Trial
from envcheck_checks.jupyter.check import LaunchWay
from envcheck_checks.notebook.codes import SERVER_DOES_NOT_STOP
from envcheck_checks.notebook.launching import does_not_start, step_fails
from envcheck_checks.notebook.launching.trial import page_of
from envcheck_checks.notebook.server import slow
from envcheck_checks.notebook.server.learners_server import (
    UP_SECONDS,
    Server,
    ServerTrouble,
    Spoiled,
)
from envcheck_checks.stack import Stack

if TYPE_CHECKING:
    from envcheck_checks.notebook.launching.exercise import ServerProof

SHUT_DOWN_SECONDS = 10.0
LONGEST_SHUT_DOWN = 25.0  # of one that is still at work
EXERCISE_SECONDS = 35.0


def prove(
    env: Environment, stack: Stack, started: Server, way: LaunchWay, works: Trial, begun: float
) -> ServerProof | Outcome:
    """What was seen of a server that did everything, or the outcome when it did not.

    `begun` is when it was started, by the monotonic clock; `works` starts the same server again.
    Raises AddsWords, and Spoiled where a script with words of its own started it.
    """
    from envcheck_checks.notebook.launching import exercise

    if not started.wait_up(begun + UP_SECONDS):
        if way.speaks:
            raise _spoiled(started, ServerTrouble("start", _last_words(started), late=True))
        return does_not_start.diagnose(env, stack, started, works, "")
    deadline = time.monotonic() + EXERCISE_SECONDS
    try:
        proof = exercise.exercise_server(env, started, page_of(way), deadline)
        exercise.shut_down(started)
    except ServerTrouble as trouble:
        if way.speaks:
            raise _spoiled(started, trouble) from None
        return step_fails.diagnose(env, stack, started, works, trouble)
    if proof.not_exported is not None and proof.not_exported.late:
        return proof  # it is busy with what we asked for
    return _ended(started) or proof


def _spoiled(started: Server, trouble: ServerTrouble) -> Spoiled:
    late = trouble.late and started.running.is_at_work()
    return Spoiled(trouble.step, trouble.actual, late=late)


def _last_words(started: Server) -> str:
    return started.running.last_words or "it does not come up"


def _ended(started: Server) -> Outcome | None:
    """What is said of a server that was told to end; None where it did. One that was slow to come up
    is slow to end.
    """
    seconds = max(SHUT_DOWN_SECONDS, started.seconds)
    ended = slow.ends(started.running, seconds, LONGEST_SHUT_DOWN)
    if ended is None:
        return unknown("the notebook server did all that a page asks of it, and is slow to stop")
    return None if ended else _does_not_end()


def _does_not_end() -> Diagnosis:
    return fail(
        SERVER_DOES_NOT_STOP,
        "the notebook server does not stop when it is asked to",
        ask_teacher(),
        found=f"still running {SHUT_DOWN_SECONDS:.0f} s after it was asked to shut down",
        wanted="a clean shutdown",
        looked_in="a running server",
    )
