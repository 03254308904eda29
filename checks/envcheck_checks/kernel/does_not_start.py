"""A kernel that died, hung or answered wrongly while it started: what stands behind it."""

from __future__ import annotations

from envcheck import Diagnosis, Environment, Outcome, fail, warn
from envcheck.fixes.advice import ask_teacher, tell
from envcheck.processes.process import how_it_ended
from envcheck_checks.diagnosis.failure import Failure, Trial
from envcheck_checks.diagnosis.order import ORDER, judge
from envcheck_checks.installed.whole import repair
from envcheck_checks.kernel import ipython_config, raising_startup
from envcheck_checks.kernel.answers import End, Start
from envcheck_checks.kernel.codes import KERNEL_DIED, KERNEL_HANGS, KERNEL_SLOW_START
from envcheck_checks.kernel.retry import retry_kernel
from envcheck_checks.stack import Stack

SLOW_SECONDS = 20.0


def diagnose(
    env: Environment, stack: Stack, start: Start, works: Trial, trouble: str = ""
) -> Outcome:
    """Why the kernel did not come up; when no cause is found, its own last words.

    `works` starts the same kernel again and says whether it answers; `trouble` is why it could not
    be started at all.
    """
    hangs = start.end is End.SILENT and not start.at_work
    failure = Failure(
        "no kernel starts" if start.end is not End.REPLIED else "kernels answer wrongly",
        start.stderr,
        (stack.kernel,),
        retry=retry_kernel(works, start, at_once=2, late=hangs),
        died=start.end is End.DIED,
        hung=start.end is End.SILENT,
        at_work=start.at_work,
        stack=stack,
    )
    return judge(env, failure, ORDER, lambda: _unexplained(env, stack, start, trouble))


def _unexplained(env: Environment, stack: Stack, start: Start, trouble: str) -> Diagnosis:
    if start.end is End.SILENT:
        return fail(
            KERNEL_HANGS,
            f"the kernel starts and then gives no answer within {start.seconds:.0f} s (timeout)",
            ask_teacher(),
            found=start.last_words or "it printed nothing",
            wanted="an answer within a few seconds",
            looked_in="a running kernel",
            note="something that runs when the kernel starts waits for ever",
        )
    how = trouble or how_it_ended(start.code)
    return fail(
        KERNEL_DIED,
        "the kernel dies while it starts"
        if start.end is End.DIED
        else "the kernel starts and does not run what it is given",
        repair(
            env,
            [stack.kernel],
            "reinstall what of the kernel is not as it was installed",
        ),
        found=f"{how}: {start.last_words}" if start.last_words else how,
        wanted="a kernel that answers",
        looked_in="the kernel's own error output",
    )


def warnings(env: Environment, start: Start) -> list[Diagnosis]:
    """What trips the learner although the kernel lives: a file that raises or is ignored, a very
    slow start.
    """
    diagnoses = [
        *raising_startup.warnings(env, start),
        *ipython_config.warn_of_ignored_config(env),
    ]
    if start.seconds > SLOW_SECONDS:
        diagnoses.append(
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
    return diagnoses
