"""What installed distributions need, by their own metadata."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from envcheck.target.interpreter import Interpreter
from envcheck.versions import normal_name, requirement

if TYPE_CHECKING:
    from packaging.requirements import Requirement


def closure(python: Interpreter, names: Iterable[str]) -> list[str]:
    """These and everything that they need, nearest first, each once; only what is installed."""
    required: list[str] = []
    waiting = [normal_name(name) for name in names]
    while waiting:
        name = waiting.pop(0)
        if name in required or name not in python.installed:
            continue
        required.append(name)
        waiting += [normal_name(needed.name) for needed in requirements(python, name)]
    return required


def needed_by(python: Interpreter, names: Iterable[str]) -> set[str]:
    """The names of what these distributions need themselves, installed or not."""
    return {normal_name(wanted.name) for name in names for wanted in requirements(python, name)}


def requirements(python: Interpreter, name: str) -> list[Requirement]:
    """What a distribution needs on this Python."""
    distribution, markers = python.installed.get(name), marker_variables(python)
    return [
        wanted
        for text in (distribution.requires if distribution else ())
        if (wanted := requirement(text, markers)) is not None
    ]


def marker_variables(python: Interpreter) -> dict[str, str]:
    """The target's values where they differ from ours; the system is the same for both."""
    major, minor = python.version_info
    return {
        "python_version": f"{major}.{minor}",
        "python_full_version": python.version,
        "extra": "",
        "implementation_name": python.implementation,
    }
