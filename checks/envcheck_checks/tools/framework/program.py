"""A tool that is a program and not Python's: found on the learner's PATH, or told how this system
installs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from envcheck import Diagnosis, Environment, Fix, fail
from envcheck.fixes.advice import tell, typed
from envcheck.target import typed_path
from envcheck_checks.tools.framework.codes import PROGRAM_MISSING

# How each package manager is asked, in the order in which one is preferred.
MANAGERS = {
    "apt": "sudo apt install {}",
    "dnf": "sudo dnf install {}",
    "pacman": "sudo pacman -S {}",
    "zypper": "sudo zypper install {}",
    "brew": "brew install {}",
    "winget": "winget install {}",
    "choco": "choco install {}",
}


@dataclass(frozen=True)
class Program:
    """`command` is what is typed, `packages` the name of its package by manager, `page` where it
    comes from otherwise; `megabytes` is what it takes when it is installed.
    """

    title: str
    command: str
    about: str
    megabytes: int
    packages: Mapping[str, str]
    page: str


def find(env: Environment, command: str) -> str:
    """Where the learner's PATH has it; empty when nowhere."""
    return typed_path.which(env.variables, command) or ""


def missing(env: Environment, program: Program) -> Diagnosis | None:
    """The diagnosis where it is not on the PATH."""
    if find(env, program.command):
        return None
    return fail(
        PROGRAM_MISSING,
        f"{program.title} is not installed: there is no command `{program.command}` ({program.about})",
        get(env, program),
        wanted=program.command,
        looked_in="PATH",
    )


def get(env: Environment, program: Program) -> Fix:
    """How to install it with this machine's package manager. A person does it: it changes the
    system.
    """
    title = f"install {program.title} (about {program.megabytes} MB)"
    manager = next((name for name in MANAGERS if name in program.packages and find(env, name)), "")
    if not manager:
        return tell(
            title, f"Get it from {program.page}, then open a new terminal and run envcheck again."
        )
    return tell(
        title,
        typed(MANAGERS[manager].format(program.packages[manager])),
        f"Then {'open a new terminal and ' if manager == 'winget' else ''}run envcheck again.",
    )
