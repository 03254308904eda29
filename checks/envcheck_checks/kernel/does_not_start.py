"""A kernel that died, hung or answered wrongly while it started: what stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from envcheck import Diagnosis, Environment, fail, warn
from envcheck.fixes.advice import tell
from envcheck.processes.process import Ending, Finished, how_it_ended
from envcheck.target.interpreter import interpreter
from envcheck_checks.installed import dependencies, files, missing, modified, permissions
from envcheck_checks.installed.reinstall import reinstall, unlisted
from envcheck_checks.interference import settings, trials
from envcheck_checks.interference.trials import Removed, SettingKind
from envcheck_checks.kernel import ipython_config, kernelspec, old_on_windows, pywin32
from envcheck_checks.kernel.client import End, Start
from envcheck_checks.kernel.codes import KERNEL_DIED, KERNEL_HANGS, KERNEL_SLOW_START
from envcheck_checks.machine import limits, loopback
from envcheck_checks.stack import Stack

SLOW_SECONDS = 20.0

# Starts the same kernel with these changes and says whether it came up and answered.
Attempt = Callable[[Sequence[Removed]], bool]


def diagnose(
    env: Environment, stack: Stack, start: Start, attempt: Attempt, trouble: str = ""
) -> Diagnosis:
    """Why the kernel did not come up; when nothing is known, its own last words."""
    said = Finished((), Ending.EXITED, start.code, "", start.stderr, start.seconds)
    what = "no kernel starts" if start.end is not End.REPLIED else "kernels answer wrongly"
    return (
        limits.diagnose()
        or loopback.diagnose()
        or permissions.no_programs(env)
        or missing.diagnose(env, stack, set())
        or _setting(env, start, attempt, what, said.last_words)
        or files.diagnose(env, dependencies.closure(interpreter(env), [stack.kernel]))
        or dependencies.diagnose(env, [stack.kernel], what)
        or pywin32.incomplete(env, what)
        or old_on_windows.diagnose(env, stack.kernel, what)
        or modified.diagnose(env, dependencies.closure(interpreter(env), [stack.kernel]), what)
        or (
            None
            if start.end is End.SILENT
            else settings.other(env, attempt, what, said.last_words, at_once=2)
        )
        or _unexplained(env, stack, start, said, trouble)
    )


def _setting(
    env: Environment, start: Start, attempt: Attempt, what: str, said: str
) -> Diagnosis | None:
    """The one setting of the learner's without which the same kernel starts."""
    candidates = [*kernelspec.own_variables(env), *trials.ipython(env), *trials.general(env)]
    found = trials.find_cause_by_removal(candidates, attempt, at_once=2)
    if found is None:
        return None
    if found.kind is SettingKind.SPEC:
        return kernelspec.variables_break(env, what, said)
    if found.kind is not SettingKind.IPYTHON:
        return settings.diagnose(env, found, what, said)

    def works(folder: Path) -> bool:
        return attempt([replace(found, variables={"IPYTHONDIR": str(folder)})])

    file = ipython_config.breaking_file(env, works)
    return ipython_config.diagnose(env, file, start) if file is not None else None


def _unexplained(
    env: Environment, stack: Stack, start: Start, said: Finished, trouble: str
) -> Diagnosis:
    if start.end is End.SILENT:
        return fail(
            KERNEL_HANGS,
            f"the kernel starts and then gives no answer within {start.seconds:.0f} s (timeout)",
            tell(
                "show this report to your teacher",
                "Something that runs when the kernel starts waits for ever. Show this report to your teacher.",
            ),
            found=said.last_words or "it printed nothing",
            wanted="an answer within a few seconds",
            looked_in="a running kernel",
        )
    how = trouble or how_it_ended(start.code)
    python = interpreter(env)
    again = dict.fromkeys(
        [stack.kernel, *unlisted(python, dependencies.closure(python, [stack.kernel]))]
    )
    return fail(
        KERNEL_DIED,
        "the kernel dies while it starts"
        if start.end is End.DIED
        else "the kernel starts and does not run what it is given",
        reinstall(env, python, list(again), "reinstall the kernel"),
        found=f"{how}: {said.last_words}" if said.last_words else how,
        wanted="a kernel that answers",
        looked_in="the kernel's own error output",
    )


def warnings(env: Environment, start: Start) -> list[Diagnosis]:
    """What trips the learner although the kernel lives: a file that raises or is ignored, a very slow start."""
    said = [*ipython_config.raising_startup(env, start), *ipython_config.ignored_config(env)]
    if start.seconds > SLOW_SECONDS:
        said.append(
            warn(
                KERNEL_SLOW_START,
                f"the kernel is slow: its startup takes {start.seconds:.0f} s, and Jupyter may give up on it (timeout)",
                tell(
                    "give it time",
                    "Wait for it in class, or ask for this folder to be left out of the antivirus program's scans.",
                ),
                found=f"{start.seconds:.0f} s",
                wanted="a few seconds",
                looked_in="a running kernel",
                note="an antivirus program or a folder on the network makes every start of Python slow",
            )
        )
    return said
