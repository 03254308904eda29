"""The same notebook server once more, with settings of the learner's removed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial

from envcheck import Environment
from envcheck.processes.running import Running
from envcheck_checks.interference.background import BackgroundCall
from envcheck_checks.interference.trials import Removed
from envcheck_checks.jupyter.check import LaunchWay
from envcheck_checks.notebook.server import learners_server, slow
from envcheck_checks.notebook.server.learners_server import Server, ServerTrouble

PAGES = {"notebook": "/tree", "jupyterlab": "/lab", "nbclassic": "/tree"}
TRIAL_SECONDS = 25.0
LONGEST = 50.0  # of one that is still at work


def works_without(env: Environment, way: LaunchWay, removed: Sequence[Removed]) -> bool | None:
    """Whether the server starts, does all that a page asks of it, and lets itself be shut down
    without these settings; None where it was waited for in vain.
    """

    def use(tried: Server, deadline: float) -> bool:
        from envcheck_checks.notebook.launching import exercise

        exercise.exercise_server(env, tried, page_of(way), deadline)
        exercise.shut_down(tried)
        return True

    return _used_without(env, way, removed, use)


def other_page_works_without(
    env: Environment, way: LaunchWay, end: float, removed: Sequence[Removed]
) -> bool | None:
    """The same of the page that does not open by itself; None, too, when it is past `end` by the
    monotonic clock.
    """

    def use(tried: Server, deadline: float) -> bool:
        from envcheck_checks.notebook.launching import exercise

        return not exercise.trouble_of_other_page(env, tried, page_of(way), deadline)

    return _used_without(env, way, removed, use) if time.monotonic() < end else None


def _used_without(
    env: Environment,
    way: LaunchWay,
    removed: Sequence[Removed],
    use: Callable[[Server, float], bool],
) -> bool | None:
    folder = f"server-trial-{time.monotonic_ns()}-{threading.get_ident()}"
    try:
        tried = learners_server.start(env, way, folder, removed)
    except OSError:
        return False
    given_up = BackgroundCall(partial(_give_up, tried.running))
    try:
        works = _use(tried, use)
    finally:
        tried.running.end()
    return None if given_up.value(time.monotonic() + LONGEST) else works


def _use(tried: Server, use: Callable[[Server, float], bool]) -> bool | None:
    deadline = time.monotonic() + LONGEST
    try:
        if tried.wait_up(deadline):
            return use(tried, deadline)
        return None if tried.running.code is None else False
    except ServerTrouble as trouble:
        return None if trouble.late else False


def _give_up(running: Running) -> bool:
    """End a trial that is waited for in vain: after its seconds, once it does nothing more, for slow
    is not broken. False where it ends before.
    """
    if running.wait(TRIAL_SECONDS) or slow.ends(running, slow.IDLE_SECONDS, LONGEST):
        return False
    running.end()
    return True


def page_of(way: LaunchWay) -> str:
    """The page that opens when it is launched this way."""
    return PAGES.get(way.module, "/")
