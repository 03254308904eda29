"""A distribution and all that it needs, as installed: what is missing in it, and what is too old
for the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from envcheck import Diagnosis, Environment, fail
from envcheck.fixes.advice import install
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck.versions import normal_name, requirement
from envcheck_checks.installed.codes import DEPENDENCY_MISSING, DEPENDENCY_WRONG_VERSION

if TYPE_CHECKING:
    from packaging.requirements import Requirement
    from packaging.specifiers import SpecifierSet


def closure(python: Interpreter, names: Iterable[str]) -> list[str]:
    """These and everything that they need, nearest first, each once; only what is installed."""
    required: list[str] = []
    waiting = [normal_name(name) for name in names]
    while waiting:
        name = waiting.pop(0)
        if name in required or name not in python.installed:
            continue
        required.append(name)
        waiting += [normal_name(requirement.name) for requirement in requirements(python, name)]
    return required


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


def diagnose(env: Environment, names: Iterable[str], what: str) -> Diagnosis | None:
    """`what` cannot be done; the one distribution of the closure that is absent, or that most of
    the others find too old.
    """
    python = interpreter(env)
    inside = closure(python, names)
    absent: dict[str, str] = {}
    wrong: dict[str, list[tuple[str, SpecifierSet]]] = {}
    for name in inside:
        for wanted in requirements(python, name):
            needed = normal_name(wanted.name)
            distribution = python.installed.get(needed)
            if distribution is None:
                absent.setdefault(needed, name)
            elif distribution.version and not wanted.specifier.contains(
                distribution.version, prereleases=True
            ):
                wrong.setdefault(needed, []).append((name, wanted.specifier))
    if absent:
        return _missing_dependency(env, python, absent, what)
    return _wrong_version(env, python, wrong, what) if wrong else None


def _missing_dependency(
    env: Environment, python: Interpreter, absent: dict[str, str], what: str
) -> Diagnosis:
    names = list(absent)
    return fail(
        DEPENDENCY_MISSING,
        f"`{names[0]}`, which {absent[names[0]]} needs, is not installed (a missing dependency): {what}",
        install(env, python, names),
        found=f"no {', no '.join(names)}",
        wanted=", ".join(names),
        looked_in=python.paths.get("purelib", python.prefix),
    )


def _wrong_version(
    env: Environment,
    python: Interpreter,
    wrong: dict[str, list[tuple[str, SpecifierSet]]],
    what: str,
) -> Diagnosis:
    from packaging.specifiers import SpecifierSet

    name = max(wrong, key=lambda candidate: len(wrong[candidate]))
    together = SpecifierSet(",".join(str(specifier) for _, specifier in wrong[name]))
    version = python.installed[name].version
    age = (
        "too old"
        if any(_starts_above(specifier, str(version)) for _, specifier in wrong[name])
        else "too new"
    )
    askers = ", ".join(dict.fromkeys(asker for asker, _ in wrong[name]))
    written = python.installed[name].entry.split("-")[0]
    return fail(
        DEPENDENCY_WRONG_VERSION,
        f"the version {version} of {written} is {age} for {askers}: {what}",
        install(
            env,
            python,
            ["--upgrade", f"{name}{together}"],
            title=f"bring {written} to a version that fits",
        ),
        found=f"{written} {version}",
        wanted="; ".join(f"{asker} needs {written}{specifier}" for asker, specifier in wrong[name])[
            :300
        ],
        looked_in=python.paths.get("purelib", python.prefix),
    )


def _starts_above(specifier: SpecifierSet, version: str) -> bool:
    """Whether what is asked for begins above this version."""
    from packaging.specifiers import SpecifierSet

    floors = [clause for clause in specifier if clause.operator in (">=", ">", "==", "~=", "===")]
    return any(
        not SpecifierSet(
            f"{_at_least(clause.operator)}{clause.version.removesuffix('.*')}"
        ).contains(version, prereleases=True)
        for clause in floors
    )


def _at_least(operator: str) -> str:
    return ">" if operator == ">" else ">="
