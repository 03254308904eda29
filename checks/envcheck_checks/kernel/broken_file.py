"""The file kernel.json of which Jupyter makes no kernel: by its own words, without a trial."""

from __future__ import annotations

import os
from pathlib import Path

from envcheck import Diagnosis, Environment, fail
from envcheck.target.interpreter import interpreter
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.installed import own_kernel
from envcheck_checks.jupyter.facts import LearnersJupyter, learners_jupyter
from envcheck_checks.kernel.codes import KERNELSPEC_BROKEN_FILE
from envcheck_checks.kernel.kernelspec import starts_no_kernel
from envcheck_checks.kernel.led_astray import led_astray

UNREADABLE = ("JSONDecodeError", "KeyError", "ValueError", "UnicodeDecodeError")
# What stands in the file is JSON, and no kernel for this Jupyter.
UNUSABLE = ("TraitError", "TypeError", "NoSuchKernel")
# Whose errors tell of the notes about all packages, which Jupyter reads beside that file.
NOTES = ("metadata", "importlib_metadata")


def find_variable_that_leads_there(env: Environment, failure: Failure) -> Diagnosis | None:
    """A variable sends Jupyter to the folder with the file that it cannot read."""
    return led_astray(env, Path(kernel_files(learners_jupyter(env))), failure.output)


def find_unreadable_kernelspec(env: Environment, failure: Failure) -> Diagnosis | None:
    """kernel.json is not valid JSON: Jupyter itself says so, and no trial is needed."""
    jupyter = learners_jupyter(env)
    error = jupyter.errors.get("spec", {}).get("error")
    too_deep = error == "RecursionError" and "JSON" in failure.output
    file = kernel_files(jupyter)
    if (error not in UNREADABLE and not too_deep) or not os.path.isfile(file):
        return None
    return fail(
        KERNELSPEC_BROKEN_FILE,
        "the file kernel.json of the kernel `python3` cannot be read: it is not valid JSON",
        own_kernel.replace(interpreter(env), Path(file).parent),
        found=failure.output,
        wanted="valid JSON, with double backslashes in Windows paths",
        looked_in=file,
    )


def find_unusable_kernelspec(env: Environment, failure: Failure) -> Diagnosis | None:
    """kernel.json can be read, and Jupyter makes no kernel of it. Other causes give the same
    errors: this one is last.
    """
    jupyter = learners_jupyter(env)
    file = Path(kernel_files(jupyter))
    raised = jupyter.errors.get("spec", {})
    if raised.get("error") not in UNUSABLE or not os.path.isfile(file):
        return None
    if any(Path(place).parent.name in NOTES for place in raised.get("files", ())):
        return None
    return starts_no_kernel(interpreter(env), file.parent, failure.output)


def kernel_files(jupyter: LearnersJupyter) -> str:
    """The kernel.json that Jupyter reads, or the folders where it looks for one."""
    files = [Path(folder, "kernels", "python3", "kernel.json") for folder in jupyter.data]
    existing = [str(file) for file in files if os.path.exists(file)]
    folders = [str(Path(folder, "kernels")) for folder in jupyter.data[:4]]
    return existing[0] if existing else ", ".join(folders)
