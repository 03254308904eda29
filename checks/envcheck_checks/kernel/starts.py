"""The kernel of the learner's Jupyter starts, answers, and is this Python."""

from __future__ import annotations

from envcheck import Check, Cost, Environment, Outcome, ok
from envcheck.target.interpreter import interpreter
from envcheck_checks.diagnosis import fix_tools
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.diagnosis.order import MACHINE, first_cause
from envcheck_checks.installed import conflicts
from envcheck_checks.kernel import does_not_start, ipython_folder, led_away
from envcheck_checks.kernel.client import START_SECONDS
from envcheck_checks.kernel.other_python import runs_elsewhere
from envcheck_checks.kernel.shared import (
    SharedKernel,
    comes_up,
    shared_kernel,
    start_with_all_it_wrote,
)
from envcheck_checks.stack import Stack

# Asked before a kernel is started: they would spoil the attempt, or our attempt cannot meet them.
BEFOREHAND = (*MACHINE, ipython_folder.diagnose)


def kernel_starts(
    stack: Stack, needs: tuple[Check, ...] = (), explained_by: tuple[Check, ...] = ()
) -> Check:
    """The learner's `python3` kernel starts, replies on both channels, and runs in the target's
    environment.
    """

    def examine(env: Environment) -> Outcome:
        return first_cause(env, Failure("no kernel starts"), BEFOREHAND) or judge(
            env, stack, shared_kernel(env)
        )

    return Check(
        id="kernel-starts",
        title="Kernel",
        cost=Cost(0.6, 60),
        examine=fix_tools.with_roots(examine),
        needs=needs,
        explained_by=explained_by,
        timeout=START_SECONDS + 42,
        proves="the kernel starts, answers on its channels, and reports this Python's sys.prefix",
        symptom="the kernel dies, hangs, or starts again and again",
        slow_because="a kernel's first start reads many files; antivirus programs look at each",
    )


def judge(env: Environment, stack: Stack, shared: SharedKernel) -> Outcome:
    """What the kernel's start means: fine, another Python's, or the cause why there is none."""
    start = shared.start
    if shared.kernel is None or not shared.prefix:
        return does_not_start.diagnose(
            env, stack, start, lambda removed: comes_up(env, removed), shared.trouble
        )
    elsewhere = runs_elsewhere(interpreter(env), shared.prefix, shared.python)
    if elsewhere is not None:
        return elsewhere
    slow = (
        f", slowly: {start.seconds:.0f} s" if start.seconds > 10 else f" in {start.seconds:.1f} s"
    )
    return ok(
        f"started this Python and answered{slow}",
        *does_not_start.warnings(env, start_with_all_it_wrote(env, shared)),
        *led_away.warnings(env, shared),
        *conflicts.warnings(env, [stack.kernel]),
    )
