"""What installed distributions need, by their own metadata."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from envcheck.target.fulfilled import marker_variables, named
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
    """What a distribution needs on this Python, by the names of what answers that there."""
    distribution, markers = python.installed.get(name), marker_variables(python)
    texts = distribution.requires if distribution else ()
    rows = [wanted for text in texts if (wanted := requirement(text, markers)) is not None]
    for wanted in rows:
        wanted.name = named(python, wanted)
    return rows
