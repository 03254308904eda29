"""What to install where a tool is there and a part that it needs is not: as little as will do."""

from __future__ import annotations

from envcheck.python import Interpreter
from envcheck.versions import normal_name, requirement
from envcheck_checks.causes.closure import closure, marker_variables
from envcheck_checks.causes.closure import requirements as needed


def words(python: Interpreter, requirements: tuple[str, ...], module: str) -> list[str]:
    """The end of an install command that brings this module back."""
    owner = normal_name(module.partition(".")[0])
    if owner in python.installed:
        return ["--force-reinstall", "--no-deps", owner]
    if absent(python, requirements):
        return list(requirements)
    return ["--force-reinstall", *requirements]


def absent(python: Interpreter, requirements: tuple[str, ...]) -> list[str]:
    """What these need, with their extras, and is not installed: then a plain install brings it."""
    asked = [one for text in requirements if (one := requirement(text, marker_variables(python))) is not None]
    wanted = [each.name for name in closure(python, [one.name for one in asked]) for each in needed(python, name)]
    for one in asked:
        own = python.installed.get(normal_name(one.name))
        for extra in one.extras:
            markers = {**marker_variables(python), "extra": extra}
            wanted += [each.name for text in (own.requires if own else ()) if (each := requirement(text, markers)) is not None]
    return sorted({normal_name(name) for name in wanted} - set(python.installed))
