"""Installed distributions that contradict each other, as far as the chapter's packages are
concerned.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from envcheck import Diagnosis, Environment, warn
from envcheck.fixes.advice import install
from envcheck.target.fulfilled import of_extras
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck.versions import normal_name
from envcheck_checks.installed.codes import PACKAGES_IN_CONFLICT
from envcheck_checks.installed.misfits import Asked, Misfits, fits, line
from envcheck_checks.installed.newer_wins import newer_wins
from envcheck_checks.installed.requirements import requirements
from envcheck_checks.stack import Package

if TYPE_CHECKING:
    from packaging.requirements import Requirement

Row = tuple[str, "Requirement"]  # who asks, and for what


def warnings(
    env: Environment, names: Iterable[str], by_extras: Iterable[Row] = ()
) -> list[Diagnosis]:
    """One warning for all that these distributions, and the extras among what the chapter wants, ask
    for and do not get, though they work; what others ask for is none of our business.

    Each check asks for the distributions that it has just seen at work: where one of them fails,
    the failure names the cause, and that is not told a second time.
    """
    python = interpreter(env)
    unfit = _own_misfits(python, names, by_extras)
    if not unfit:
        return []
    asked = [(who, name, what) for name, askers in unfit.absent.items() for who, what in askers]
    asked += [(who, name, what) for name, askers in unfit.refused.items() for who, what in askers]
    return [
        warn(
            PACKAGES_IN_CONFLICT,
            "some of the chapter's packages ask for other versions than the ones installed",
            install(env, python, line(python, unfit), title="bring them to versions that fit"),
            found="; ".join(
                f"{who} needs {name}{what}, and {_there(python, name)}"
                for who, name, what in sorted(asked, key=lambda row: row[:2])
            )[:400],
            looked_in=python.paths.get("purelib", ""),
        )
    ]


def of_packages(env: Environment, packages: Iterable[Package]) -> list[Diagnosis]:
    """The same for packages with their extras: what those ask for, and what that asks for in turn."""
    python, names = interpreter(env), dict[str, None]()
    rows: list[Row] = []
    for package in packages:
        names[package.name] = None
        asked = of_extras(python, package.name, package.extras)
        rows += [(asker.name, row) for asker, row in asked]
    return warnings(
        env, [*names, *{row.name: None for _, row in rows if row.name not in names}], rows
    )


def _own_misfits(
    python: Interpreter, names: Iterable[str], by_extras: Iterable[Row] = ()
) -> Misfits:
    absent: dict[str, list[Asked]] = {}
    refused: dict[str, list[Asked]] = {}
    of_names = ((asker, row) for asker in names for row in requirements(python, asker))
    for asker, wanted in (*of_names, *by_extras):
        name = normal_name(wanted.name)
        if name not in python.installed:
            absent.setdefault(name, []).append((asker, wanted.specifier))
        elif not fits(python, name, wanted.specifier):
            refused.setdefault(name, []).append((asker, wanted.specifier))
    return Misfits(*newer_wins(python, absent, refused))


def _there(python: Interpreter, name: str) -> str:
    row = python.installed.get(name)
    return "it is not installed" if row is None else f"{row.version} is installed"
