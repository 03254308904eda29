"""What to install where a tool is there and a part that it needs is not: as little as will do."""

from __future__ import annotations

from envcheck.target.fulfilled import marker_variables
from envcheck.target.interpreter import Interpreter
from envcheck.versions import normal_name, requirement
from envcheck_checks.installed.requirements import closure
from envcheck_checks.installed.requirements import requirements as needed

# Modules that older releases of many tools load, by what still brings them.
BROUGHT_BY = {"pkg_resources": "setuptools<81"}


def words(python: Interpreter, requirements: tuple[str, ...], module: str) -> list[str]:
    """The end of an install command that brings this module back."""
    if bringer := BROUGHT_BY.get(module.partition(".")[0]):
        return [bringer]
    owner = normal_name(module.partition(".")[0])
    if owner in python.installed:
        return ["--force-reinstall", "--no-deps", owner]
    if _is_absent(python, requirements):
        return list(requirements)
    return ["--force-reinstall", *requirements]


def _is_absent(python: Interpreter, requirements: tuple[str, ...]) -> bool:
    """Whether something that these need is not installed: a plain install brings it. What is known
    of the target says nothing of extras, which are what is usually forgotten.
    """
    asked = [
        requested
        for text in requirements
        if (requested := requirement(text, marker_variables(python))) is not None
    ]
    wanted = {
        normal_name(each.name)
        for name in closure(python, [requested.name for requested in asked])
        for each in needed(python, name)
    }
    return any(requested.extras for requested in asked) or not wanted <= set(python.installed)
