"""The learner's server is started, used and judged."""

from __future__ import annotations

import time
from functools import partial

from envcheck import Environment, Fine, Outcome, unknown
from envcheck.target.allowance import allowance
from envcheck_checks.commands.own_words import speaking, spoils
from envcheck_checks.jupyter.check import LaunchWay, by_module, likely_way
from envcheck_checks.kernel.shared import put_away
from envcheck_checks.notebook.launching import does_not_start
from envcheck_checks.notebook.launching.asked_first import cause_in_settings, cause_in_the_machine
from envcheck_checks.notebook.launching.judge import judge
from envcheck_checks.notebook.launching.proof import prove
from envcheck_checks.notebook.launching.trial import works_without
from envcheck_checks.notebook.server import learners_server
from envcheck_checks.stack import Stack


def launch_likely(env: Environment, stack: Stack) -> Outcome:
    """How it goes in the way that the learner would start it; what the machine keeps from it is
    said before.
    """
    cause = cause_in_the_machine(env)
    if cause is not None:
        return cause
    way = likely_way(env, stack)
    return launch(env, stack, way) if way else unknown("there is nothing to launch")


def launch(env: Environment, stack: Stack, way: LaunchWay, folder: str = "server") -> Outcome:
    """How it went when the learner's server was started this way; `folder` is for its own files."""
    works = partial(works_without, env, way)
    if allowance(env).tight:
        put_away(env)
    begun = time.monotonic()
    try:
        started = learners_server.start(env, way, folder)
    except OSError as error:
        trouble = f"{error.strerror or error}"
        return does_not_start.diagnose(env, stack, None, works, trouble)
    # The settings are looked at while the server starts; those of a script are not known.
    cause = None if way.speaks else cause_in_settings(env, stack)
    try:
        outcome = cause or prove(env, stack, started, way, works, begun)
    except learners_server.AddsWords as trouble:
        return _launch_plainly(env, stack, way, trouble)
    except learners_server.Spoiled as trouble:
        started.running.end()
        return _launch_without_script(env, stack, way, trouble)
    started.running.end()
    return judge(env, stack, way, started, outcome, time.monotonic() - begun)


def _launch_without_script(
    env: Environment, stack: Stack, way: LaunchWay, trouble: learners_server.Spoiled
) -> Outcome:
    """Where the module works, the script is the cause; else what keeps the module from it comes first."""
    if trouble.late:
        return unknown(
            f"the notebook server is still at work: this was waited for in vain: {trouble.step}"
        )
    outcome = launch(env, stack, by_module(env, way.module), "server-without-script")
    script = speaking(env, way.module)
    if script is None or not isinstance(outcome, Fine):
        return outcome
    return spoils(env, script, way.module, f"{trouble.step}: {trouble.actual}")


def _launch_plainly(
    env: Environment, stack: Stack, way: LaunchWay, trouble: learners_server.AddsWords
) -> Outcome:
    """A command that adds words of its own may listen to others: the module itself does as it is
    told.
    """
    plain = by_module(env, way.module)
    if way == plain:
        return unknown(f"the notebook server was not tried: {trouble.actual}")
    return launch(env, stack, plain, "server-plainly")  # the other's runtime file lies there still
