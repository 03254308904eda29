"""pip of this Python is absent or does not run: what stands behind it, and how to get a
whole one.
"""

from __future__ import annotations

from dataclasses import replace

from envcheck import (
    Confidence,
    Diagnosis,
    Environment,
    Outcome,
    fail,
    ok,
    warn,
)
from envcheck.fixes.advice import manager_of, new_environment, uv_command
from envcheck.processes.process import Finished
from envcheck.target.interpreter import interpreter
from envcheck_checks.diagnosis import order
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.diagnosis.machine import find_full_disk, find_low_limit, find_no_home
from envcheck_checks.pip import own_start
from envcheck_checks.pip.cannot_install import missing_names
from envcheck_checks.pip.codes import PIP_BROKEN, PIP_MISSING
from envcheck_checks.pip.put_pip_there import put_pip_there, whole_pip
from envcheck_checks.stack import Stack

# Not asked: loopback, since pip talks to nobody when it says its version; and what is wrong with
# its own files, since pip cannot install itself then: a whole one comes from ensurepip, whatever
# the damage.
CAUSES: order.Causes = (
    find_low_limit,
    find_full_disk,
    find_no_home,
    *order.SETTINGS,
    *order.BYTECODE,
    *order.OTHER_VARIABLES,
    own_start.find_start_file,
)


def diagnose(env: Environment, stack: Stack, ran: Finished) -> Outcome:
    """What it means that pip did not say its version when it was run."""
    python = interpreter(env)
    if "No module named pip" in ran.stderr or "pip" not in python.installed:
        if manager := manager_of(env, python) or ("uv" if uv_command(env) else ""):
            return ok(f"no pip in this environment; {manager} installs into it")
        if python.kind == "uv" and not missing_names(env, stack):
            return ok(
                "no pip in this environment, as uv makes them, and nothing is missing from it"
            )
        return _absent(env, stack)
    retry = own_start.retry(env, late=ran.late)
    failure = Failure("pip does not run", ran.last_words, ("pip",), retry=retry, at_work=ran.late)
    return order.judge(env, failure, CAUSES, lambda: _broken(env, stack, ran))


def _absent(env: Environment, stack: Stack) -> Diagnosis:
    python, missing = interpreter(env), missing_names(env, stack)
    make = fail if missing else warn
    # Debian's ensurepip refuses to change Debian's own Python, and apt's pip would be kept from it;
    # Homebrew's Python is its owner's too.
    own = (
        "ensurepip" in python.gaps
        or python.kind in ("system", "homebrew")
        or (missing and not python.is_environment)
    )
    return make(
        PIP_MISSING,
        "this Python has no pip: nothing can be installed into it (No module named pip)",
        new_environment(env, python, stack.everything)
        if own
        else put_pip_there(env, python, missing),
        found="no pip",
        wanted="python -m pip works; ensurepip puts it there",
        looked_in=python.executable,
    )


def _broken(env: Environment, stack: Stack, ran: Finished) -> Diagnosis:
    python, missing = interpreter(env), missing_names(env, stack)
    whole = whole_pip(env, python, missing)
    seen = own_start.is_its_own(env, ran)
    return fail(
        PIP_BROKEN,
        "pip of this Python does not run",
        (whole if seen else replace(whole, confidence=Confidence.ASK))
        if python.is_environment or not missing
        else new_environment(env, python, stack.everything),
        found=ran.last_words or f"exit code {ran.code}",
        wanted="python -m pip works",
        looked_in=python.executable,
    )
