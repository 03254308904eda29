"""A cell that did not give what it should: the variable, the file or the package behind it."""

from __future__ import annotations

from envcheck import Diagnosis, Environment, fail
from envcheck.advice import tell

from envcheck_checks.causes import limits, variables
from envcheck_checks.kernel import End, Execution

INLINE = ("inline", "module://matplotlib_inline.backend_inline", "module://ipykernel.pylab.backend_inline")


def diagnose(env: Environment, name: str, done: Execution, stderr: str) -> Diagnosis:
    """Why this snippet failed; when nothing is known, what came back instead."""
    known = limits.diagnose(env) or (_backend(env) if name == "picture" else None)
    if known is not None:
        return known
    if done.end is End.DIED:
        return fail(
            "kernel-died-in-cell",
            f"the kernel died while it ran the {name} snippet",
            tell("show this page to your teacher", "Show this page to your teacher."),
            found=stderr.strip()[-400:] or "it ended without a word",
            looked_in="a running kernel",
        )
    came = f"{done.error[0]}: {done.error[1]}" if done.error else done.text[:200] or f"nothing ({done.end.value} after {done.seconds:.0f} s)"
    return fail(
        "snippet-fails",
        f"the {name} snippet ran in the kernel and did not give what it should",
        tell("show this page to your teacher", "Show this page to your teacher."),
        found=came[:400],
        wanted=f"the {name} snippet's result",
        looked_in="a running kernel",
    )


def not_interrupted(done: Execution) -> Diagnosis:
    return fail(
        "kernel-not-interrupted",
        "a running cell cannot be stopped: the stop button has no effect in this kernel",
        tell("show this page to your teacher", "Show this page to your teacher."),
        found=f"{done.error[0]}" if done.error else f"still running after {done.seconds:.0f} s",
        wanted="KeyboardInterrupt",
        looked_in="a running kernel",
    )


def _backend(env: Environment) -> Diagnosis | None:
    value = env.variables.get("MPLBACKEND")
    if not value or value in INLINE:
        return None
    return fail(
        "mplbackend-set",
        "MPLBACKEND is set: pictures are drawn elsewhere, and notebooks show no plot",
        variables.unset("MPLBACKEND"),
        found=f"MPLBACKEND={value}",
        wanted="MPLBACKEND not set: notebooks then use inline",
        looked_in="the variables of this terminal",
    )
