"""The notebook launches: served, a cell run, a notebook saved, shut down, with the learner's own configuration."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

from envcheck import Check, Cost, Diagnosis, Environment, Outcome, fail, ok, unknown
from envcheck.fixes.advice import ask_teacher
from envcheck.target.interpreter import interpreter
from envcheck_checks.interference.trials import Removed, variables_of
from envcheck_checks.jupyter.check import LaunchWay, likely_way
from envcheck_checks.kernel.codes import KERNEL_RUNS_ELSEWHERE
from envcheck_checks.kernel.shared import shared_kernel
from envcheck_checks.machine import disk, limits, loopback
from envcheck_checks.notebook import does_not_start, folders, network_disk, server, work_folder
from envcheck_checks.notebook.codes import SERVER_DOES_NOT_STOP
from envcheck_checks.notebook.server import UP_SECONDS, Server, ServerTrouble
from envcheck_checks.stack import Stack

PAGES = {"notebook": "/tree", "jupyterlab": "/lab", "nbclassic": "/tree"}
SHUT_DOWN_SECONDS = 10.0
VISIT_SECONDS = 35.0
SLOW_SECONDS = 10.0  # a kernel that takes longer is slow, and the page's is slower: it starts beside the server
TRIAL_SECONDS = 25.0


def notebook_launches(
    stack: Stack, needs: tuple[Check, ...] = (), explained_by: tuple[Check, ...] = ()
) -> Check:
    """The target's notebook server starts and does what a page asks of it, and the learner's own folders can be used."""

    def examine(env: Environment) -> Outcome:
        narrow = limits.diagnose() or loopback.diagnose() or disk.diagnose_scratch(env)
        if narrow is not None:
            return narrow
        way = likely_way(env, stack)
        if way is None:
            return unknown("there is nothing to launch")
        begun = time.monotonic()
        try:
            started = server.start(env, way)
        except OSError as error:
            return does_not_start.diagnose(
                env,
                stack,
                None,
                lambda changes: _works(env, way, changes),
                f"{error.strerror or error}",
            )
        # Looked at while the server starts: what would stop the learner's own launch and cannot be seen in ours.
        trouble = (
            folders.diagnose(env)
            or does_not_start.before_launch(env)
            or work_folder.diagnose(env, way)
        )
        outcome = trouble or _use(env, stack, started, way, begun)
        started.running.end()
        return outcome

    return Check(
        id="notebook-launches",
        title="Notebook",
        cost=Cost(3.5, 180),
        examine=examine,
        needs=needs,
        explained_by=explained_by,
        timeout=UP_SECONDS * 1.8,
        traits=frozenset({"server"}),
        proves="the server starts, serves its page, refuses a wrong token, runs a cell over the websocket, saves a notebook and shuts down",
        slow_because="Jupyter's server loads many files when it starts",
    )


def _use(env: Environment, stack: Stack, up: Server, way: LaunchWay, begun: float) -> Outcome:
    from envcheck_checks.notebook import client

    def attempt(changes: Sequence[Removed]) -> bool:
        return _works(env, way, changes)

    if not up.wait_up(begun + UP_SECONDS):
        return does_not_start.diagnose(env, stack, up, attempt, "")
    try:
        seen = client.visit(env, up, PAGES.get(way.module, "/"), time.monotonic() + VISIT_SECONDS)
        client.shut_down(up)
    except ServerTrouble as trouble:
        if trouble.late and shared_kernel(env).start.seconds > SLOW_SECONDS:
            return unknown(
                f"the kernel takes {shared_kernel(env).start.seconds:.0f} s to start: the notebook page waited for it in vain"
            )
        return does_not_start.in_use(env, stack, up, attempt, trouble)
    if not up.running.wait(SHUT_DOWN_SECONDS):
        return _does_not_end()
    elsewhere = _elsewhere(env, seen.prefix)
    if elsewhere is not None:
        return elsewhere
    root = ", with --allow-root" if "--allow-root" in up.running.argv else ""
    without = ", and asks for no token, as your Jupyter config wants it" if up.open_to_all else ""
    summary = f"served, ran a cell, saved and shut down in {time.monotonic() - begun:.1f} s{root}{without}"
    return ok(
        summary,
        *does_not_start.warnings(env),
        *network_disk.warnings(env, time.monotonic() - begun),
    )


def _works(env: Environment, way: LaunchWay, changes: Sequence[Removed]) -> bool:
    """Whether the same server starts and runs a cell once these settings are taken away."""
    from envcheck_checks.notebook import client

    deadline = time.monotonic() + TRIAL_SECONDS
    try:
        tried = server.start(
            env,
            way,
            f"server-trial-{time.monotonic_ns()}-{threading.get_ident()}",
            variables_of(changes),
        )
    except OSError:
        return False
    try:
        if not tried.wait_up(deadline):
            return False
        client.visit(env, tried, PAGES.get(way.module, "/"), deadline)
    except ServerTrouble:
        return False
    finally:
        tried.running.end()
    return True


def _elsewhere(env: Environment, prefix: str) -> Diagnosis | None:
    python = interpreter(env)
    if python.is_at(prefix):
        return None
    return fail(
        KERNEL_RUNS_ELSEWHERE,
        "the kernel that Jupyter starts runs a different Python than yours",
        ask_teacher(),
        found=f"sys.prefix {prefix}",
        wanted=f"sys.prefix {python.prefix}",
        looked_in="a running kernel",
    )


def _does_not_end() -> Diagnosis:
    return fail(
        SERVER_DOES_NOT_STOP,
        "the notebook server does not stop when it is asked to",
        ask_teacher(),
        found=f"still running {SHUT_DOWN_SECONDS:.0f} s after it was asked to shut down",
        wanted="a clean shutdown",
        looked_in="a running server",
    )
