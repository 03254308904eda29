"""Installed distributions that contradict each other, as far as the chapter's packages are
concerned.
"""

from __future__ import annotations

from collections.abc import Iterator

from envcheck import Diagnosis, Environment, warn
from envcheck.fixes.advice import install
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck.versions import normal_name
from envcheck_checks.installed.codes import PACKAGES_IN_CONFLICT
from envcheck_checks.installed.dependencies import requirements
from envcheck_checks.stack import Stack


def warnings(env: Environment, stack: Stack) -> list[Diagnosis]:
    """One warning for all conflicts that touch the chapter's packages; others are none of our
    business.
    """
    python = interpreter(env)
    names = {*(package.name for package in stack.packages), *stack.launchers, stack.kernel}
    clashes = [clash for name in sorted(names) for clash in of_distribution(python, name)]
    if not clashes:
        return []
    wrong = sorted({clash.partition(" needs ")[2].partition(",")[0] for clash in clashes})
    return [
        warn(
            PACKAGES_IN_CONFLICT,
            "some of the chapter's packages ask for other versions than the ones installed",
            install(env, python, ["--upgrade", *wrong], title="bring them to versions that fit"),
            found="; ".join(clashes)[:400],
            looked_in=python.paths.get("purelib", ""),
        )
    ]


def of_distribution(python: Interpreter, name: str) -> Iterator[str]:
    """`pandas needs numpy>=2, and 1.26 is installed`, for one distribution's own requirements."""
    for wanted in requirements(python, name):
        distribution = python.installed.get(normal_name(wanted.name))
        if distribution is None:
            yield f"{name} needs {wanted.name}{wanted.specifier}, and it is not installed"
        elif distribution.version is not None and not wanted.specifier.contains(
            distribution.version, prereleases=True
        ):
            yield f"{name} needs {wanted.name}{wanted.specifier}, and {distribution.version} is installed"
