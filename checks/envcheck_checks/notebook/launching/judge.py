"""What is said of a notebook server that did all that a page asks of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from envcheck import Environment, Outcome, ok
from envcheck.target.interpreter import interpreter
from envcheck_checks.installed import conflicts
from envcheck_checks.kernel.other_python import runs_elsewhere
from envcheck_checks.notebook.folders import network_disk
from envcheck_checks.notebook.launching import page_warnings
from envcheck_checks.notebook.saving import own_notebooks
from envcheck_checks.notebook.server.learners_server import Server
from envcheck_checks.notebook.settings import address, config, ends_idle
from envcheck_checks.stack import Stack

if TYPE_CHECKING:
    from envcheck_checks.jupyter.check import LaunchWay
    from envcheck_checks.notebook.launching.exercise import ServerProof


def judge(
    env: Environment,
    stack: Stack,
    way: LaunchWay,
    started: Server,
    outcome: ServerProof | Outcome,
    seconds: float,
) -> Outcome:
    """What is said of a server that did everything within these seconds; an outcome as it is."""
    from envcheck_checks.notebook.launching.exercise import ServerProof

    if not isinstance(outcome, ServerProof):
        return outcome
    elsewhere = runs_elsewhere(interpreter(env), outcome.prefix, outcome.python)
    if elsewhere is not None:
        return elsewhere
    root = f", as root by `{started.typed}`" if started.typed else ""
    open_to_all = (
        ", and asks for no token, as your Jupyter config wants it" if started.open_to_all else ""
    )
    return ok(
        f"served, ran a cell, saved and shut down in {seconds:.1f} s{config.shown_elsewhere(env, started.root)}{root}{open_to_all}",
        *config.warnings(env),
        *ends_idle.warnings(env),
        *address.warnings(env, open_to_all=started.open_to_all),
        *page_warnings.warnings(env, way, started, outcome),
        *network_disk.warnings(env, seconds),
        *own_notebooks.warnings(env),
        *conflicts.warnings(env, stack.launchers),
        typed=started.typed,
    )
