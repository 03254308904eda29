"""A notebook server that did not come up: what stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from envcheck import Diagnosis, Environment, Outcome, fail
from envcheck.fixes.advice import ask_teacher
from envcheck.processes.process import Ending, Finished, how_it_ended
from envcheck.target.interpreter import interpreter
from envcheck_checks.diagnosis import order
from envcheck_checks.diagnosis.failure import Failure, Trial
from envcheck_checks.diagnosis.machine import find_localhost_elsewhere
from envcheck_checks.installed.whole import repair
from envcheck_checks.notebook.codes import SERVER_DOES_NOT_START, SERVER_HANGS
from envcheck_checks.notebook.folders.network_disk import find_network_disk
from envcheck_checks.notebook.launching.retry import retry_server
from envcheck_checks.notebook.server.their_words import in_their_words
from envcheck_checks.stack import Stack

if TYPE_CHECKING:
    from envcheck_checks.notebook.server.learners_server import Server

CAUSES = (
    *order.MACHINE,
    find_localhost_elsewhere,
    *order.PERMISSIONS,
    *order.ABSENT,
    *order.SETTINGS,
    *order.INSTALLATION,
    *order.JUPYTER_ON_WINDOWS,
    find_network_disk,
    *order.OTHER_VARIABLES,
    *order.LAST,
)


def diagnose(
    env: Environment, stack: Stack, server: Server | None, works: Trial, trouble: str
) -> Outcome:
    """Why the server did not come up; when no cause is found, its own last words.

    `server` is None where it could not be started at all, and `trouble` says why. `works` starts
    the same server again and says whether it came up and ran a cell.
    """
    running = server.running if server is not None else None
    stderr = in_their_words(env, server, server.running.settled_log()) if server is not None else ""
    code = running.code if running is not None else None
    hung = running is not None and code is None
    at_work = running is not None and hung and running.is_at_work()
    launcher = [name for name in stack.launchers if name in interpreter(env).installed][:1]
    failure = Failure(
        "the notebook server does not start",
        stderr,
        tuple(launcher),
        retry=retry_server(works, late=hung and not at_work),
        hung=hung,
        at_work=at_work,
        stack=stack,
    )
    ended = Finished((), Ending.EXITED, code, "", stderr, 0.0)
    names = launcher or stack.launchers[:1]
    return order.judge(
        env, failure, CAUSES, lambda: _unexplained(env, names, ended, hung=hung, trouble=trouble)
    )


def _unexplained(
    env: Environment, names: Sequence[str], ended: Finished, *, hung: bool, trouble: str
) -> Diagnosis:
    if hung:
        return fail(
            SERVER_HANGS,
            "the notebook server starts and does not come up (timeout)",
            ask_teacher(),
            found=ended.last_words or "it printed nothing",
            wanted="a server that listens",
            looked_in="a running server",
        )
    return fail(
        SERVER_DOES_NOT_START,
        "the notebook server ends while it starts",
        repair(
            env,
            names,
            "reinstall what of Jupyter is not as it was installed",
        ),
        found=trouble or ": ".join(filter(None, (how_it_ended(ended.code), ended.last_words))),
        wanted="a server that listens",
        looked_in="the server's own error output",
    )
