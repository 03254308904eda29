"""Slow is not broken: what was seen of a machine on which a server was waited for in vain."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from envcheck import Environment
from envcheck.processes.running import Running
from envcheck_checks.interference.background import BackgroundCall
from envcheck_checks.kernel.idle import Idle
from envcheck_checks.kernel.shared import shared_kernel
from envcheck_checks.notebook.server.learners_server import Server

SLOW_SECONDS = 10.0  # a kernel or a server that takes longer to start
IDLE_SECONDS = 1.5  # so long the server has done nothing, when it is called idle
PATIENCE = 6.0  # for that
LOOK_AGAIN = 0.1


def slow_start(env: Environment, server: Server) -> str:
    """That this machine is slow, by what it took to start; empty where it was quick."""
    shared = shared_kernel.already(env)  # none is started for this question
    kernel = shared.start.seconds if shared is not None else 0.0
    if kernel > SLOW_SECONDS:  # the page's kernel is slower: it starts beside the server
        return f"the kernel takes {kernel:.0f} s to start"
    if server.seconds > SLOW_SECONDS:
        return f"the notebook server takes {server.seconds:.0f} s to come up"
    return ""


def goes_on_working(running: Running) -> bool:
    """Whether it still does something, a few seconds long: then it is late, and does not hang."""
    return ends(running, IDLE_SECONDS, PATIENCE) is None


def watch(running: Running) -> Callable[[], bool]:
    """Look from now on whether it is at work, beside whatever else is done; who asks waits for it."""
    looking = BackgroundCall(partial(goes_on_working, running))
    return lambda: bool(looking.value(time.monotonic() + PATIENCE))


def ends(running: Running, seconds: float, longest: float) -> bool | None:
    """Whether it ends: False once it has done nothing for so many seconds, None where it is still at
    work after the longest time.
    """
    idle, end = Idle(running, seconds), time.monotonic() + longest
    while time.monotonic() < end:
        if running.wait(LOOK_AGAIN):
            return True
        if idle.too_long():
            return False
    return None
