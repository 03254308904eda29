"""The target finds nothing of Jupyter that could be launched: what stands behind it."""

from __future__ import annotations

from collections.abc import Sequence

from envcheck import Diagnosis, Environment, Outcome, fail
from envcheck.processes.process import Ending
from envcheck.target.interpreter import interpreter
from envcheck_checks.diagnosis.failure import Failure, Retry
from envcheck_checks.diagnosis.order import ORDER, judge
from envcheck_checks.installed.whole import repair
from envcheck_checks.interference.trials import Removed
from envcheck_checks.jupyter.codes import JUPYTER_DAMAGED
from envcheck_checks.jupyter.facts import LearnersJupyter, ask_jupyter
from envcheck_checks.stack import Stack

CAUSES = ORDER


def diagnose(env: Environment, stack: Stack, jupyter: LearnersJupyter) -> Outcome:
    """Why there is nothing to launch; when no cause is found, that Jupyter is damaged."""

    def works(removed: Sequence[Removed]) -> bool | None:
        again = ask_jupyter(env, removed)
        return None if again.late else any(name in again.modules for name in stack.launchers)

    finished = jupyter.finished
    hung = finished is not None and finished.ending is not Ending.EXITED
    last_words = finished.last_words if finished is not None and not finished.ok else ""
    failure = Failure(
        "nothing of Jupyter can be launched",
        last_words,
        stack.launchers,
        retry=None
        if hung
        else Retry(works),  # to ask once more may take longer than this check has
        hung=hung,
        at_work=jupyter.late,
        stack=stack,
    )
    return judge(env, failure, CAUSES, lambda: _damaged(env, stack, last_words))


def _damaged(env: Environment, stack: Stack, last_words: str) -> Diagnosis:
    python = interpreter(env)
    installed = [name for name in stack.launchers if name in python.installed]
    return fail(
        JUPYTER_DAMAGED,
        "Jupyter is installed, and this Python cannot find anything of it to launch",
        repair(env, installed, "reinstall Jupyter"),
        found=last_words or ", ".join(f"no module {name}" for name in stack.launchers),
        looked_in=python.prefix,
    )
