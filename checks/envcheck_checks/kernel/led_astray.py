"""A variable sends Jupyter to the kernel that it should not start: the variable is the cause, not the
file that it leads to.
"""

from __future__ import annotations

from pathlib import Path

from envcheck import Diagnosis, Environment, places
from envcheck.target.interpreter import interpreter
from envcheck_checks.interference import removals, settings
from envcheck_checks.interference.trials import Removed
from envcheck_checks.jupyter.facts import ask_jupyter
from envcheck_checks.kernel.kernelspec import find_fault
from envcheck_checks.machine.system import listed_folders

WHAT = "Jupyter finds no kernel that starts this Python"


def led_astray(env: Environment, file: Path, output: str) -> Diagnosis | None:
    """The variable that names a folder above this kernel.json, if Jupyter finds a kernel of this
    Python without it.
    """
    leading = [
        removed for removed in removals.jupyter_places(env) if leads_to(env, removed.name, file)
    ]
    guilty = next((removed for removed in leading if _finds_ours(env, removed)), None)
    return settings.variable(env, guilty.name, WHAT, output) if guilty else None


def leads_to(env: Environment, name: str, file: Path) -> bool:
    """Whether one of the folders that the variable names lies above the file."""
    return any(places.lies_in(file, folder) for folder in listed_folders(env, name))


def _finds_ours(env: Environment, without: Removed) -> bool:
    spec = ask_jupyter(env, [without]).spec
    return spec is not None and find_fault(env, interpreter(env), spec) is None
