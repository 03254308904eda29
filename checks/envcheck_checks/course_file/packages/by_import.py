"""Packages that no metadata names and that are imported all the same: whose file that is, and in which version."""

from __future__ import annotations

from envcheck import Environment
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck_checks.installed.record_file import owner_of
from envcheck_checks.packages.imports import Import, imports
from envcheck_checks.stack import Package, Stack, short


def others(env: Environment, stack: Stack) -> dict[Package, tuple[str, str]]:
    """Whose module each of them is, and its version: as the owner's metadata has it, or the module itself;
    empty where neither says.
    """
    python = interpreter(env)
    if all(package.name in python.installed for package in stack.packages):
        return {}
    rows = zip(stack.packages, imports(env, stack).modules, strict=False)
    return {
        package: _owner(python, module)
        for package, module in rows
        if package.name not in python.installed and not module.error
    }


def untold(others: dict[Package, tuple[str, str]]) -> str:
    """Which of them nobody can compare with what the course asks for, in words; empty where all fit."""
    return "; ".join(
        f"`{package.requirement}` is imported as {package.imported}, which is {_spoken(*owner)}: whether "
        "that does nobody can tell"
        for package, owner in others.items()
        if package.versions and not (owner[1] and package.allows(owner[1]))
    )


def named(others: dict[Package, tuple[str, str]]) -> list[str]:
    """Each with what stands for it."""
    return [
        f"{package.name} (as {name or package.imported}{f' {short(version)}' if version else ''})"
        for package, (name, version) in others.items()
    ]


def _spoken(name: str, version: str) -> str:
    if name:
        return f"{name} {version}".rstrip()
    own = f", and says that it is {version}" if version else ""
    return f"of no package that is noted here{own}"


def _owner(python: Interpreter, module: Import) -> tuple[str, str]:
    owner = owner_of(python.distributions, module.file) if module.file else None
    return (owner.name, owner.version or "") if owner is not None else ("", module.version)
