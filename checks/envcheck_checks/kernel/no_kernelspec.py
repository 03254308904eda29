"""Jupyter resolves no kernel named `python3`: not installed, a broken file, or a Jupyter that does
not load.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, fail
from envcheck.target.interpreter import interpreter
from envcheck_checks.diagnosis import order
from envcheck_checks.diagnosis.failure import Failure, Retry
from envcheck_checks.diagnosis.installation import (
    find_modified_package,
    find_packages_that_do_not_fit,
)
from envcheck_checks.diagnosis.machine import find_no_home
from envcheck_checks.interference import removals, trials
from envcheck_checks.interference.trials import Removed
from envcheck_checks.jupyter.facts import LearnersJupyter, ask_jupyter, learners_jupyter
from envcheck_checks.kernel.codes import KERNEL_NOT_REGISTERED, KERNELSPEC_BROKEN_FILE
from envcheck_checks.kernel.kernelspec import give_kernel, replace_spec, starts_no_kernel
from envcheck_checks.kernel.led_astray import led_astray
from envcheck_checks.stack import Stack

UNREADABLE = ("JSONDecodeError", "KeyError", "ValueError", "UnicodeDecodeError")
# What stands in the file is JSON, and no kernel for this Jupyter.
UNUSABLE = ("TraitError", "TypeError", "NoSuchKernel")


def diagnose(env: Environment, stack: Stack, jupyter: LearnersJupyter) -> Diagnosis:
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
        stack=stack,
    )
    return order.first_cause(env, failure, CAUSES) or _not_registered(env, jupyter)


def find_unreadable_kernelspec(env: Environment, failure: Failure) -> Diagnosis | None:
    """kernel.json is not valid JSON: Jupyter itself says so, and no trial is needed."""
    jupyter = learners_jupyter(env)
    error = jupyter.errors.get("spec", {}).get("error")
    too_deep = error == "RecursionError" and "JSON" in failure.output
    if error not in UNREADABLE and not too_deep:
        return None
    file = _kernel_files(jupyter)
    return fail(
        KERNELSPEC_BROKEN_FILE,
        "the file kernel.json of the kernel `python3` cannot be read: it is not valid JSON",
        replace_spec(interpreter(env), Path(file).parent),
        found=failure.output,
        wanted="valid JSON, with double backslashes in Windows paths",
        looked_in=file,
    )


def find_unusable_kernelspec(env: Environment, failure: Failure) -> Diagnosis | None:
    """kernel.json can be read, and Jupyter makes no kernel of it. Other causes give the same
    errors: this one is last.
    """
    jupyter = learners_jupyter(env)
    file = Path(_kernel_files(jupyter))
    if jupyter.errors.get("spec", {}).get("error") not in UNUSABLE or not os.path.isfile(file):
        return None
    return starts_no_kernel(interpreter(env), file.parent, failure.output)


def settings_of_jupyter(env: Environment) -> Sequence[Removed]:
    """The settings by which Jupyter looks for its kernels."""
    return [*removals.jupyter_places(env), *trials.general(env)]


def find_variable_that_leads_there(env: Environment, failure: Failure) -> Diagnosis | None:
    """A variable sends Jupyter to the folder with the file that it cannot read."""
    return led_astray(env, Path(_kernel_files(learners_jupyter(env))), failure.output)


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
        replace(give_kernel(interpreter(env)), confidence=Confidence.LIKELY),
        found=_error_of(jupyter) or last_words,
        wanted="a kernel named python3 that starts this Python",
        looked_in=_kernel_files(jupyter),
    )


def _error_of(jupyter: LearnersJupyter) -> str:
    """What Jupyter raised when it looked for the kernel."""
    error = jupyter.errors.get("spec", {})
    return f"{error.get('error', '')}: {error.get('message', '')}".strip(": ")


def _kernel_files(jupyter: LearnersJupyter) -> str:
    """The kernel.json that Jupyter reads, or the folders where it looks for one."""
    files = [Path(folder, "kernels", "python3", "kernel.json") for folder in jupyter.data]
    existing = [str(file) for file in files if os.path.exists(file)]
    folders = [str(Path(folder, "kernels")) for folder in jupyter.data[:4]]
    return existing[0] if existing else ", ".join(folders)
