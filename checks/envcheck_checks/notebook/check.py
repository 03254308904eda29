"""The notebook launches: served, a cell run, a notebook saved, shut down, with the learner's own
configuration.
"""

from __future__ import annotations

import time
from functools import partial

from envcheck import Check, Cost, Environment, Outcome, unknown
from envcheck.target.allowance import allowance
from envcheck_checks.diagnosis import fix_tools
from envcheck_checks.jupyter.check import LaunchWay, by_module, likely_way
from envcheck_checks.kernel.shared import put_away
from envcheck_checks.notebook import does_not_start, server
from envcheck_checks.notebook.asked_first import cause_in_settings, cause_in_the_machine
from envcheck_checks.notebook.judge import judge
from envcheck_checks.notebook.proof import prove
from envcheck_checks.notebook.trial import works_without
from envcheck_checks.stack import Stack


def notebook_launches(
    stack: Stack, needs: tuple[Check, ...] = (), explained_by: tuple[Check, ...] = ()
) -> Check:
    """The target's notebook server starts and does what a page asks of it, and the learner's own
    folders can be used.
    """

    def examine(env: Environment) -> Outcome:
        cause = cause_in_the_machine(env)
        if cause is not None:
            return cause
        way = likely_way(env, stack)
        return launch(env, stack, way) if way else unknown("there is nothing to launch")

    return Check(
        id="notebook-launches",
        title="Notebook",
        cost=Cost(3.5, 180),
        examine=fix_tools.with_roots(examine),
        needs=needs,
        explained_by=explained_by,
        timeout=server.UP_SECONDS * 1.8,
        traits=frozenset({"server"}),
        proves="the server starts, serves its page, refuses a wrong token, runs a cell over the websocket, saves a notebook and shuts down",
        symptom="`jupyter notebook` ends with an error, its page does not open, or nothing is saved",
        slow_because="Jupyter's server loads many files when it starts",
    )


def launch(env: Environment, stack: Stack, way: LaunchWay, folder: str = "server") -> Outcome:
    """How it went when the learner's server was started this way; `folder` is for its own files."""
    works = partial(works_without, env, way)
    if allowance(env).tight:
        put_away(env)
    begun = time.monotonic()
    try:
        started = server.start(env, way, folder)
    except OSError as error:
        trouble = f"{error.strerror or error}"
        return does_not_start.diagnose(env, stack, None, works, trouble)
    try:  # the settings are looked at while the server starts
        outcome = cause_in_settings(env, stack) or prove(env, stack, started, way, works, begun)
    except server.AddsWords as trouble:
        return _launch_plainly(env, stack, way, trouble)
    started.running.end()
    return judge(env, stack, way, started, outcome, time.monotonic() - begun)


def _launch_plainly(
    env: Environment, stack: Stack, way: LaunchWay, trouble: server.AddsWords
) -> Outcome:
    """A command that adds words of its own may listen to others: the module itself does as it is
    told.
    """
    plain = by_module(env, way.module)
    if way == plain:
        return unknown(f"the notebook server was not tried: {trouble.actual}")
    return launch(env, stack, plain, "server-plainly")  # the other's runtime file lies there still
