"""Jupyter resolves no kernel named `python3`: not installed, a broken file, or a Jupyter that does
not load.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from envcheck import Confidence, Diagnosis, Environment, Outcome, fail
from envcheck.target.interpreter import interpreter
from envcheck_checks.diagnosis import order
from envcheck_checks.diagnosis.failure import Failure, Retry
from envcheck_checks.diagnosis.installation import (
    find_modified_package,
    find_packages_that_do_not_fit,
)
from envcheck_checks.diagnosis.machine import find_no_home
from envcheck_checks.installed import own_kernel
from envcheck_checks.interference.trials import Removed
from envcheck_checks.jupyter.facts import LearnersJupyter, ask_jupyter, learners_jupyter
from envcheck_checks.kernel.broken_file import (
    find_unreadable_kernelspec,
    find_unusable_kernelspec,
    find_variable_that_leads_there,
    kernel_files,
)
from envcheck_checks.kernel.codes import KERNEL_NOT_REGISTERED
from envcheck_checks.kernel.retry import settings_of_jupyter
from envcheck_checks.stack import Stack


def diagnose(env: Environment, stack: Stack, jupyter: LearnersJupyter) -> Outcome:
    """Why no kernel could be resolved."""

    def works(removed: Sequence[Removed]) -> bool | None:
        again = ask_jupyter(env, removed)
        return None if again.late else again.spec is not None

    failure = Failure(
        "Jupyter cannot look for its kernels",
        _error_of(jupyter),
        ("jupyter-client", stack.kernel),
        files=tuple(jupyter.errors.get("spec", {}).get("files", ())),
        retry=Retry(works, settings_of_jupyter, late=jupyter.late),
        at_work=jupyter.late,
        stack=stack,
    )
    return order.judge(env, failure, CAUSES, lambda: _not_registered(env, jupyter))


def find_misfit(env: Environment, failure: Failure) -> Diagnosis | None:
    """Packages that do not fit, unless Jupyter did its work and answered that there is no kernel."""
    answered = learners_jupyter(env).errors.get("spec", {}).get("error") == "NoSuchKernel"
    return None if answered else find_packages_that_do_not_fit(env, failure)


CAUSES = (
    *order.MACHINE,
    find_no_home,
    *order.PERMISSIONS,
    *order.ABSENT,
    find_variable_that_leads_there,
    find_unreadable_kernelspec,
    *order.SETTINGS,
    *order.INSTALLATION,
    *order.JUPYTER_ON_WINDOWS,
    *order.OTHER_VARIABLES,
    find_modified_package,
    find_unusable_kernelspec,
    find_misfit,
)


def _not_registered(env: Environment, jupyter: LearnersJupyter) -> Diagnosis:
    """Nothing explains it. Jupyter makes up a kernel where ipykernel can be imported, so whether
    ipykernel's own command gives it one is a guess.
    """
    last_words = jupyter.finished.last_words if jupyter.finished else ""
    return fail(
        KERNEL_NOT_REGISTERED,
        "Jupyter finds no kernel named `python3` (No such kernel)",
        replace(own_kernel.give(interpreter(env)), confidence=Confidence.LIKELY),
        found=_error_of(jupyter) or last_words,
        wanted="a kernel named python3 that starts this Python",
        looked_in=kernel_files(jupyter),
    )


def _error_of(jupyter: LearnersJupyter) -> str:
    """What Jupyter raised when it looked for the kernel."""
    error = jupyter.errors.get("spec", {})
    return f"{error.get('error', '')}: {error.get('message', '')}".strip(": ")
