"""The notebook server is up, and one step of what a page asks of it failed: what stands
behind it.
"""

from __future__ import annotations

from functools import partial

from envcheck import Diagnosis, Environment, Outcome, fail, unknown
from envcheck.fixes.advice import ask_teacher
from envcheck_checks.diagnosis import order
from envcheck_checks.diagnosis.failure import Failure, Trial
from envcheck_checks.notebook.codes import SERVER_STEP_FAILS
from envcheck_checks.notebook.launching import behind_step, websocket_blocked
from envcheck_checks.notebook.launching.retry import retry_server
from envcheck_checks.notebook.server import slow
from envcheck_checks.notebook.server.learners_server import Server, ServerTrouble
from envcheck_checks.notebook.server.their_words import in_their_words, with_the_servers_reason
from envcheck_checks.stack import Stack


def diagnose(
    env: Environment, stack: Stack, server: Server, works: Trial, trouble: ServerTrouble
) -> Outcome:
    """Why this step failed; when no cause is found, what came back instead. What was waited for in
    vain is not known to fail where all is slow, nor is what works the next time.

    `works` starts the same server again and says whether it came up and ran a cell.
    """
    if not trouble.late:
        return _diagnose(env, stack, server, works, trouble)
    why = slow.slow_start(env, server)
    at_work = slow.watch(server.running)
    outcome = None if why else _diagnose(env, stack, server, works, trouble)
    if outcome is None or at_work():
        why = why or "the notebook server is still at work"
        return unknown(f"{why}: this was waited for in vain: {trouble.step}")
    return outcome


def _diagnose(
    env: Environment, stack: Stack, server: Server, works: Trial, trouble: ServerTrouble
) -> Outcome:
    blocked = "websocket" in trouble.step
    says_why = "status 5" not in trouble.actual  # that only says that it failed
    actual = in_their_words(env, server, trouble.actual)
    failure = Failure(
        f"this did not work: {trouble.step}",
        actual if says_why else with_the_servers_reason(env, server, trouble),
        (*stack.launchers, stack.kernel),
        retry=retry_server(works, late=trouble.late),
        data=True,
    )
    return behind_step.diagnose(env, trouble, failure) or order.judge(
        env,
        failure,
        websocket_blocked.CAUSES if blocked else CAUSES,
        partial(websocket_blocked.last, env, trouble, works)
        if blocked
        else partial(_step, env, server, trouble),
    )


# Not asked: what is absent, and what keeps Jupyter from starting on Windows, since the server runs.
CAUSES = (
    *order.MACHINE,
    *order.PERMISSIONS,
    *order.SETTINGS,
    *order.INSTALLATION,
    *order.OTHER_VARIABLES,
    *order.LAST,
)


def _step(env: Environment, server: Server, trouble: ServerTrouble) -> Diagnosis:
    return fail(
        SERVER_STEP_FAILS,
        f"the notebook server runs, and this did not work: {trouble.step}",
        ask_teacher(),
        found=with_the_servers_reason(env, server, trouble),
        wanted=trouble.step,
        looked_in="a running server",
    )
