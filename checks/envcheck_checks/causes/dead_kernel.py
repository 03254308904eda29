"""A kernel that died, hung, or complained while it started: what stands behind it."""

from __future__ import annotations

import re

from envcheck import Diagnosis, Environment, fail, warn
from envcheck.advice import install, tell
from envcheck.process import Ending, Finished
from envcheck.python import interpreter

from envcheck_checks.causes import limits, missing, variables
from envcheck_checks.kernel import End, Start
from envcheck_checks.stack import Stack

NOT_FOUND = re.compile(r"(?:ModuleNotFoundError|ImportError): No module named '?([\w.]+)'?")


def diagnose(env: Environment, stack: Stack, start: Start, trouble: str = "") -> Diagnosis:
    """Why the kernel did not come up; when nothing is known, its own last words."""
    said = Finished((), Ending.EXITED, start.code, "", start.stderr, start.seconds)
    known = limits.diagnose(env) or variables.library_path(env, said) or _module(env, stack, start)
    if known is not None:
        return known
    if start.end is End.SILENT:
        return fail(
            "kernel-hangs",
            f"the kernel starts and then gives no answer within {start.seconds:.0f} s (timeout)",
            tell("show this page to your teacher", "Show this page to your teacher: something that runs when the kernel starts waits for ever."),
            found=said.last_words or "it printed nothing",
            wanted="an answer within a few seconds",
            looked_in="a running kernel",
        )
    how = f"signal {-start.code}" if (start.code or 0) < 0 else f"exit code {start.code}" if start.code is not None else trouble
    return fail(
        "kernel-died",
        "the kernel dies while it starts",
        install(env, interpreter(env), ["--force-reinstall", "ipykernel"], title="reinstall the kernel"),
        found=f"{how}: {said.last_words}" if said.last_words else how,
        wanted="a kernel that answers",
        looked_in="the kernel's own error output",
    )


def loud_start(env: Environment, start: Start) -> list[Diagnosis]:
    """A start-up file that raises and lets the kernel live: IPython says so and goes on."""
    if "Traceback" not in start.stderr or "startup" not in start.stderr:
        return []
    return [
        warn(
            "ipython-startup-raises",
            "an IPython startup file raises an error each time a kernel starts",
            tell("mend or rename it", "Look at the files in profile_default/startup of your IPython folder."),
            found=start.stderr.strip().splitlines()[-1][:300],
            looked_in="the kernel's own error output",
        )
    ]


def _module(env: Environment, stack: Stack, start: Start) -> Diagnosis | None:
    hit = NOT_FOUND.search(start.stderr)
    if hit is None:
        return None
    absent = missing.diagnose(env, stack, set())
    if absent is not None:
        return absent
    name = hit[1].partition(".")[0]
    from envcheck_checks.causes.broken_package import _provider

    return fail(
        "dependency-missing",
        f"the kernel cannot start: `{_provider(name)}`, which ipykernel needs, is a missing dependency",
        install(env, interpreter(env), [_provider(name)]),
        found=hit[0],
        wanted=_provider(name),
        looked_in=interpreter(env).paths.get("purelib", ""),
    )
