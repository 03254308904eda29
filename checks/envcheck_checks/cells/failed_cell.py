"""A cell that did not give what it should: the variable, the file or the package behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from envcheck import Diagnosis, Environment, fail
from envcheck.fixes.advice import ask_teacher
from envcheck.target.interpreter import interpreter
from envcheck_checks.cells.codes import KERNEL_DIED_IN_CELL, KERNEL_NOT_INTERRUPTED, SNIPPET_FAILS
from envcheck_checks.installed import dependencies, files, modified
from envcheck_checks.interference import settings, trials
from envcheck_checks.interference.trials import Removed, SettingKind
from envcheck_checks.kernel import ipython_config, kernelspec
from envcheck_checks.kernel.client import End, Execution, Start
from envcheck_checks.machine import limits
from envcheck_checks.packages import openmp

# Runs the same cell in a fresh kernel with these changes and says whether it gave what it should.
Attempt = Callable[[Sequence[Removed]], bool]


def diagnose(
    env: Environment,
    name: str,
    done: Execution,
    stderr: str,
    attempt: Attempt,
    packages: Sequence[str] = (),
) -> Diagnosis:
    """Why this cell failed; `attempt` runs it in a fresh kernel with settings taken away, `packages` are those that it uses.
    When nothing is known, what came back instead.
    """
    what = f"the {name} snippet does not give what it should"
    came = (
        f"{done.error[0]}: {done.error[1]}"
        if done.error
        else done.text[:200] or f"nothing ({done.end.value} after {done.seconds:.0f} s)"
    )
    found = (
        limits.diagnose()
        or _setting(env, name, came, attempt)
        or (openmp.twice(env, attempt) if done.end is End.DIED else None)
        or files.lost(env, came)
        or _package(env, ["ipykernel", *packages], what)
        or settings.other(env, attempt, what, came)
    )
    if found is not None:
        return found
    if done.end is End.DIED:
        return fail(
            KERNEL_DIED_IN_CELL,
            f"the kernel died while it ran the {name} snippet",
            ask_teacher(),
            found=stderr.strip()[-400:] or "it ended without a word",
            looked_in="a running kernel",
        )
    return fail(
        SNIPPET_FAILS,
        f"the {name} snippet ran in the kernel and did not give what it should",
        ask_teacher(),
        found=came[:400],
        wanted=f"the {name} snippet's result",
        looked_in="a running kernel",
    )


def _package(env: Environment, names: Sequence[str], what: str) -> Diagnosis | None:
    """One that is damaged on the disk, is missing or too old, or is not what was installed: the surest first."""
    inside = dependencies.closure(interpreter(env), names)
    return (
        files.diagnose(env, inside)
        or dependencies.diagnose(env, names, what)
        or modified.diagnose(env, inside, what)
    )


def _setting(env: Environment, name: str, came: str, attempt: Attempt) -> Diagnosis | None:
    candidates = [*kernelspec.own_variables(env), *trials.ipython(env), *trials.general(env)]
    found = trials.find_cause_by_removal(candidates, attempt)
    what = f"the {name} snippet does not give what it should"
    if found is None:
        return None
    if found.kind is SettingKind.SPEC:
        return kernelspec.variables_break(env, what, came)
    if found.kind is not SettingKind.IPYTHON:
        return settings.diagnose(env, found, what, came)
    file = ipython_config.breaking_file(
        env, lambda folder: attempt([replace(found, variables={"IPYTHONDIR": str(folder)})])
    )
    return (
        ipython_config.diagnose(env, file, Start(End.REPLIED, 0.0), what)
        if file is not None
        else None
    )


def not_interrupted(done: Execution) -> Diagnosis:
    return fail(
        KERNEL_NOT_INTERRUPTED,
        "a running cell cannot be stopped: the stop button has no effect in this kernel",
        ask_teacher(),
        found=done.error[0]
        if done.error
        else f"the cell {done.end.value} ({done.status or 'no reply'}) after {done.seconds:.0f} s",
        wanted="KeyboardInterrupt",
        looked_in="a running kernel",
    )
