"""Installed distributions that contradict each other, as far as the chapter's packages are concerned."""

from __future__ import annotations

from collections.abc import Iterator

from packaging.markers import UndefinedEnvironmentName
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from envcheck import Diagnosis, Environment, warn
from envcheck.advice import install
from envcheck.python import Interpreter, interpreter
from envcheck_checks.stack import Stack


def warnings(env: Environment, stack: Stack) -> list[Diagnosis]:
    """One warning for all conflicts that touch the chapter's packages; others are none of our business."""
    python = interpreter(env)
    names = {*(package.name for package in stack.packages), *stack.launchers, stack.kernel}
    met = [clash for name in sorted(names) for clash in of_distribution(python, name)]
    if not met:
        return []
    wrong = sorted({clash.partition(" needs ")[2].partition(",")[0] for clash in met})
    return [
        warn(
            "packages-in-conflict",
            "some of the chapter's packages ask for other versions than the ones installed",
            install(env, python, ["--upgrade", *wrong], title="bring them to versions that fit"),
            found="; ".join(met)[:400],
            looked_in=python.paths.get("purelib", ""),
        )
    ]


def of_distribution(python: Interpreter, name: str) -> Iterator[str]:
    """`pandas needs numpy>=2, and numpy 1.26 is installed`, for one distribution's own requirements."""
    one = python.installed.get(name)
    for text in one.requires if one else ():
        try:
            wanted = Requirement(text)
            applies = wanted.marker is None or wanted.marker.evaluate(marker_variables(python))
        except (InvalidRequirement, UndefinedEnvironmentName):  # somebody else's metadata: not worth a word
            continue
        found = python.installed.get(canonicalize_name(wanted.name))
        if not applies or (found is not None and found.version is None):
            continue
        if found is None:
            yield f"{name} needs {wanted.name}{wanted.specifier}, and it is not installed"
        elif not wanted.specifier.contains(found.version or "0", prereleases=True):
            yield f"{name} needs {wanted.name}{wanted.specifier}, and {found.version} is installed"


def marker_variables(python: Interpreter) -> dict[str, str]:
    """The target's values where they differ from ours; the system is the same for both."""
    major, minor = python.version_info
    return {"python_version": f"{major}.{minor}", "python_full_version": python.version, "extra": "", "implementation_name": python.implementation}
