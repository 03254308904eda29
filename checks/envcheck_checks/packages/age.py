"""Packages that are older than the chapter allows, and what that explains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from envcheck import Environment
from envcheck.target.interpreter import interpreter
from envcheck_checks.installed.requirements import closure
from envcheck_checks.packages.imports import Imports
from envcheck_checks.stack import Package, Stack


def find_too_old(env: Environment, stack: Stack, tried: Imports) -> dict[Package, str]:
    """The packages that are older than the chapter allows: as they say it themselves, or, when they
    do not, their metadata.
    """
    trusted = {package.imported for package in stack.packages if package.stated}
    own_word = {
        module.module: module.version
        for module in tried.modules
        if not module.error and module.module in trusted
    }
    installed = interpreter(env).installed
    versions = {
        package: own_word.get(package.imported)
        or (distribution.version if (distribution := installed.get(package.name)) else "")
        or ""
        for package in stack.packages
    }
    return {
        package: version
        for package, version in versions.items()
        if version and not package.allows(version)
    }


def explains(env: Environment, failed: Sequence[str], old: Mapping[Package, str]) -> bool:
    """Whether the first that fails is too old itself, or is built on one that is."""
    inside = closure(interpreter(env), failed[:1])
    return not failed or any(package.name in inside for package in old)
