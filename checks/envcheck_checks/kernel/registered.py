"""The kernel named `python3`, as the learner's Jupyter resolves it, starts the learner's Python."""

from __future__ import annotations

from pathlib import Path

from envcheck import Check, Cost, Diagnosis, Environment, Outcome, ok
from envcheck.target.interpreter import interpreter
from envcheck_checks.diagnosis import fix_tools
from envcheck_checks.jupyter.facts import learners_jupyter
from envcheck_checks.kernel import no_kernelspec, wrapper
from envcheck_checks.kernel.client import START_SECONDS
from envcheck_checks.kernel.led_astray import led_astray
from envcheck_checks.stack import Stack


def kernel_registered(stack: Stack, needs: tuple[Check, ...] = ()) -> Check:
    """The `python3` kernel, as the learner's Jupyter resolves it, starts the target."""

    def examine(env: Environment) -> Outcome:
        jupyter = learners_jupyter(env)
        spec = jupyter.spec
        if spec is None:
            return no_kernelspec.diagnose(env, stack, jupyter)
        fault = wrapper.find_fault(env, interpreter(env), spec)
        if isinstance(fault, Diagnosis):
            file = Path(spec.folder, "kernel.json")
            return led_astray(env, file, fault.evidence.found) or fault
        return fault or ok(f"`{spec.display_name}` starts this Python")

    return Check(
        id="kernel-registered",
        title="Kernel spec",
        cost=Cost(0.2, 40),
        examine=fix_tools.with_roots(examine),
        needs=needs,
        timeout=START_SECONDS + 42,
        proves="the `python3` kernel that Jupyter finds starts this Python and no other",
        symptom="the notebook has no kernel, or runs another Python than yours",
    )
