"""The same notebook server once more, with settings of the learner's removed."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

from envcheck import Environment
from envcheck_checks.interference.trials import Removed
from envcheck_checks.jupyter.check import LaunchWay
from envcheck_checks.notebook import server
from envcheck_checks.notebook.server import ServerTrouble

PAGES = {"notebook": "/tree", "jupyterlab": "/lab", "nbclassic": "/tree"}
TRIAL_SECONDS = 25.0


def works_without(env: Environment, way: LaunchWay, removed: Sequence[Removed]) -> bool | None:
    """Whether the server starts and runs a cell without these settings; None where it was waited
    for in vain.
    """
    from envcheck_checks.notebook import exercise

    deadline = time.monotonic() + TRIAL_SECONDS
    folder = f"server-trial-{time.monotonic_ns()}-{threading.get_ident()}"
    try:
        tried = server.start(env, way, folder, removed)
    except OSError:
        return False
    try:
        if not tried.wait_up(deadline):
            return None if tried.running.code is None else False
        exercise.exercise_server(env, tried, page_of(way), deadline)
    except ServerTrouble as trouble:
        return None if trouble.late else False
    finally:
        tried.running.end()
    return True


def page_of(way: LaunchWay) -> str:
    """The page that opens when it is launched this way."""
    return PAGES.get(way.module, "/")
