"""Packages by names that only conda has, or that come from the course itself or an address: looked for, and never
installed by pip by their names, which might bring a stranger's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from envcheck import Environment
from envcheck.fixes.advice import project_for
from envcheck.target import conda
from envcheck.target.interpreter import interpreter
from envcheck.versions import at_least, normal_name
from envcheck_checks.course_file.modules import MODULES
from envcheck_checks.course_file.wanted import Wanted
from envcheck_checks.packages.imports import imports
from envcheck_checks.stack import Package, Stack


def apart(env: Environment, wanted: Wanted, stack: Stack) -> tuple[Stack, tuple[str, ...]]:
    """The stack without those of them that are there in another way, and without those of which
    nobody can tell; and the names of the latter.
    """
    python = interpreter(env)
    own = [
        package
        for package in stack.packages
        if package.name in wanted.condas and package.name not in python.installed
    ]
    noted = {normal_name(record.name) for record in conda.records(python.prefix)} if own else set()
    there = [package for package in own if package.name in noted or _is_imported(env, package)]
    of_conda = python.kind in ("conda", "conda-env")
    project = project_for(env, python) if own else None
    by_manager = wanted.ours & {*(project.needs if project else ())}
    untold = [
        package
        for package in own
        if package not in there
        and package.name not in by_manager | wanted.addressed
        and (package.name in wanted.ours or not of_conda)
    ]
    aside = {*there, *untold}
    rest = tuple(package for package in stack.packages if package not in aside)
    return replace(stack, packages=rest), tuple(package.name for package in untold)


def other_versions(env: Environment, packages: Iterable[Package]) -> dict[Package, str]:
    """Those that conda has noted in a version that the course does not take. One that cannot be compared, as of
    a library's letters, is none.
    """
    asked = {package.name: package for package in packages if package.versions}
    noted = conda.records(interpreter(env).prefix) if asked else []
    return {
        package: record.version
        for record in noted
        if (package := asked.get(normal_name(record.name))) is not None
        and at_least(record.version)
        and not package.allows(record.version)
    }


def _is_imported(env: Environment, package: Package) -> bool:
    """By the module that it is verified to have."""
    if package.name not in MODULES:
        return False
    alone = Stack((Package(package.name, MODULES[package.name]),), (), "")
    return not imports(env, alone).failed
