"""The packages that a course asks for: installed, of a version that it takes, and imported."""

from __future__ import annotations

from dataclasses import replace

from envcheck import Check, Diagnosis, Environment, Fine, Outcome, ok, unknown
from envcheck.sentences import listed
from envcheck.target import fulfilled
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck.versions import name_of
from envcheck_checks.course_file.modules import installed_module
from envcheck_checks.course_file.packages import by_import, condas_own, of_no_index
from envcheck_checks.course_file.wanted import Wanted
from envcheck_checks.installed import missing
from envcheck_checks.packages.check import packages
from envcheck_checks.stack import Package, Stack, short

FEW = 6  # packages that a sentence names


def course_packages(
    wanted: Wanted, scope: str, needs: tuple[Check, ...], explained_by: tuple[Check, ...]
) -> Check:
    """Every package is imported, or installed where it has nothing to import, in a version that the
    course takes.
    """

    def examine(env: Environment) -> Outcome:
        whole = wanted.stack(env)
        stack, untold = condas_own.apart(env, wanted, whole)
        others = condas_own.other_versions(env, set(whole.packages) - set(stack.packages))
        outcome = _examine(env, stack, others)
        return _untold(env, wanted, untold) if untold and isinstance(outcome, Fine) else outcome

    shape = packages(wanted.named, needs, explained_by)
    names = [package.name for package in wanted.named.packages]
    return replace(
        shape,
        examine=examine,
        scope=scope,
        proves=f"{_spoken(names)} import in a process of their own, in versions that the course takes",
    )


def _examine(env: Environment, stack: Stack, others: dict[Package, str]) -> Outcome:
    """`others` are of conda's alone, in versions that the course does not take."""
    python = interpreter(env)
    without = [package for package in stack.packages if _has_no_module(python, package)]
    importable = replace(
        stack, packages=tuple(package for package in stack.packages if package not in without)
    )
    outcome = packages(importable).examine(env) if importable.packages else ok("")
    other = (
        *missing.of_other_versions(env, {**_other_versions(python, without), **others}),
        *missing.of_extras(env, replace(stack, packages=tuple(without))),
    )
    if isinstance(outcome, Fine) and not other:
        return _fine(env, python, stack, importable, outcome)
    if isinstance(outcome, Fine):
        return other
    outcomes = outcome if isinstance(outcome, tuple) else (outcome,)
    diagnoses = tuple(each for each in outcomes if isinstance(each, Diagnosis))
    return (*diagnoses, *other) if diagnoses else outcome


def _fine(
    env: Environment, python: Interpreter, stack: Stack, importable: Stack, outcome: Fine
) -> Outcome:
    others = by_import.others(env, importable)
    if unsure := by_import.untold(others) or _untold_extras(python, stack):
        return unknown(unsure)
    return replace(outcome, summary=_summary(python, stack, outcome, by_import.named(others)))


def _untold_extras(python: Interpreter, stack: Stack) -> str:
    """What conda's builds may bring in another way than the extra does, in words."""
    for package in stack.packages:
        if names := fulfilled.untold(python, package.name, package.extras):
            return (
                f"{package.name}[{','.join(package.extras)}] asks for {listed(names)}, not installed; conda, "
                f"which has no extras, brought {package.name}: whether it does without nobody can tell"
            )
    return ""


def _untold(env: Environment, wanted: Wanted, names: tuple[str, ...]) -> Outcome:
    if ours := [name for name in names if name in wanted.ours]:
        verb = "is" if len(ours) == 1 else "are"
        return unknown(
            f"{listed(ours)} {verb} not installed in this Python, and no index has what the course means: it "
            "comes from the course's own files or from an address; "
            f"{of_no_index.as_the_course_says(env, wanted, ours)}"
        )
    verb = "is a name" if len(names) == 1 else "are names"
    return unknown(
        f"{listed(names)} {verb} of conda's, and this Python is not: whether it has them "
        "nobody can tell; use the environment that the course's conda list makes"
    )


def _has_no_module(python: Interpreter, package: Package) -> bool:
    distribution = python.installed.get(package.name)
    return distribution is not None and not installed_module(distribution)


def _other_versions(python: Interpreter, packages: list[Package]) -> dict[Package, str]:
    versions = {package: python.installed[package.name].version or "" for package in packages}
    return {
        package: version
        for package, version in versions.items()
        if version and not package.allows(version)
    }


def _summary(python: Interpreter, stack: Stack, outcome: Fine, others: list[str]) -> str:
    """Names and versions of a few; the number of many."""
    if len(stack.packages) > FEW:
        return f"{len(stack.packages)} packages are there and can be used"
    words = [
        f"{package.name} {short(distribution.version or '')}{_instead(package)}".strip()
        for package in stack.packages
        if (distribution := python.installed.get(package.name)) is not None
    ]
    seconds = outcome.summary.rpartition(" imported in ")[2]
    return ", ".join([*words, *others]) + (
        f" imported in {seconds}" if outcome.summary else " installed"
    )


def _instead(package: Package) -> str:
    return f" in place of {name_of(package.instead_of)}" if package.instead_of else ""


def _spoken(names: list[str]) -> str:
    more = len(names) - FEW
    return listed(names) if more <= 0 else f"{', '.join(names[:FEW])} and {more} more packages"
