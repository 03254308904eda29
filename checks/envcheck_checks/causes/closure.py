"""A distribution and all that it needs, as installed: what is missing in it, and what is too old for the rest."""

from __future__ import annotations

from collections.abc import Iterable

from packaging.markers import UndefinedEnvironmentName
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from envcheck import Diagnosis, Environment, fail
from envcheck.advice import install
from envcheck.python import Interpreter, interpreter
from envcheck_checks.causes.conflicts import marker_variables


def closure(python: Interpreter, names: Iterable[str]) -> list[str]:
    """These and everything that they need, nearest first, each once; only what is installed."""
    found: list[str] = []
    waiting = [canonicalize_name(name) for name in names]
    while waiting:
        name = waiting.pop(0)
        if name in found or name not in python.installed:
            continue
        found.append(name)
        waiting += [canonicalize_name(requirement.name) for requirement in requirements(python, name)]
    return found


def requirements(python: Interpreter, name: str) -> list[Requirement]:
    """What a distribution needs on this Python."""
    one = python.installed.get(name)
    wanted = []
    for text in one.requires if one else ():
        try:
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate(marker_variables(python)):
                wanted.append(requirement)
        except (InvalidRequirement, UndefinedEnvironmentName):  # somebody else's metadata: not worth a word
            continue
    return wanted


def diagnose(env: Environment, names: Iterable[str], what: str) -> Diagnosis | None:
    """`what` cannot be done; the one distribution of the closure that is absent, or that most of the others find too old."""
    python = interpreter(env)
    inside = closure(python, names)
    absent: dict[str, str] = {}
    wrong: dict[str, list[tuple[str, SpecifierSet]]] = {}
    for name in inside:
        for wanted in requirements(python, name):
            needed = canonicalize_name(wanted.name)
            found = python.installed.get(needed)
            if found is None:
                absent.setdefault(needed, name)
            elif found.version and not wanted.specifier.contains(found.version, prereleases=True):
                wrong.setdefault(needed, []).append((name, wanted.specifier))
    if absent:
        return _absent(env, python, absent, what)
    return _wrong(env, python, wrong, what) if wrong else None


def _absent(env: Environment, python: Interpreter, absent: dict[str, str], what: str) -> Diagnosis:
    names = list(absent)
    return fail(
        "dependency-missing",
        f"`{names[0]}`, which {absent[names[0]]} needs, is a missing dependency: {what}",
        install(env, python, names),
        found=f"no {', no '.join(names)}",
        wanted=", ".join(names),
        looked_in=python.paths.get("purelib", python.prefix),
    )


def _wrong(env: Environment, python: Interpreter, wrong: dict[str, list[tuple[str, SpecifierSet]]], what: str) -> Diagnosis:
    name = max(wrong, key=lambda one: len(wrong[one]))
    together = SpecifierSet(",".join(str(specifier) for _, specifier in wrong[name]))
    found = python.installed[name].version
    age = "too old" if any(specifier.contains("9999") for _, specifier in wrong[name]) else "too new"
    askers = ", ".join(dict.fromkeys(asker for asker, _ in wrong[name]))
    written = python.installed[name].entry.split("-")[0]
    return fail(
        "dependency-wrong-version",
        f"{written} {found} is a version that is {age} for {askers}: {what}",
        install(env, python, ["--upgrade", f"{name}{together}"], title=f"bring {written} to a version that fits"),
        found=f"{written} {found}",
        wanted="; ".join(f"{asker} needs {written}{specifier}" for asker, specifier in wrong[name])[:300],
        looked_in=python.paths.get("purelib", python.prefix),
    )
