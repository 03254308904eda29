"""The chapter's packages: there, new enough, imported in a process of their own, and from where they should come."""

from __future__ import annotations

from collections.abc import Sequence

from envcheck import Check, Diagnosis, Environment, Outcome, ok
from envcheck.python import interpreter
from envcheck_checks import trials
from envcheck_checks.causes import (
    broken_package,
    closure,
    conflicts,
    limits,
    matplotlib_settings,
    metadata,
    missing,
    openmp,
    package_files,
    permissions,
    settings,
    shadowing,
)
from envcheck_checks.imports import Imports, import_all, imports
from envcheck_checks.stack import Stack, listed, short
from envcheck_checks.trials import Change


def packages(stack: Stack, needs: tuple[Check, ...] = (), beside: tuple[Check, ...] = ()) -> Check:
    """Every package of the stack is imported by the target in the learner's folder, and is new enough."""

    def examine(env: Environment) -> Outcome:
        tried = imports(env, stack)
        return problem(env, stack, tried) or _fine(env, stack, tried)

    return Check(
        id="packages",
        title="Packages",
        examine=examine,
        needs=needs,
        beside=beside,
        timeout=60,
        proves=f"{listed([package.name for package in stack.packages])} import in a process of their own and are new enough",
        slow_because="the first import of a package compiles it",
    )


def problem(env: Environment, stack: Stack, tried: Imports) -> Diagnosis | None:
    """The cause why the packages cannot be used, or None. Causes that explain others are asked first."""
    if not tried.failed and not tried.died_in:
        return missing.too_old(env, stack, {one.module: one.version for one in tried.modules})
    failed = [one.module for one in tried.failed] or [tried.died_in]
    names = [package.name for package in stack.packages if package.imported in failed]
    return (
        limits.diagnose()
        or permissions.no_programs(env)
        or shadowing.hides_a_module(env, tried.hiding, [file for one in tried.failed for file in one.files])
        or missing.diagnose(env, stack, {one.missing.partition(".")[0] for one in tried.failed if one.missing})
        or _setting(env, stack, tried, failed)
        or package_files.diagnose(env, closure.closure(interpreter(env), names))
        or closure.diagnose(env, names, f"{failed[0].partition('.')[0]} cannot be imported")
        or _two_runtimes(env, stack, tried) or broken_package.diagnose(env, tried)
    )


def _setting(env: Environment, stack: Stack, tried: Imports, failed: list[str]) -> Diagnosis | None:
    """The one setting of the learner's without which the same imports work."""

    def works(changes: Sequence[Change]) -> bool:
        again = import_all(env, stack, changes)
        return not again.died_in and not any(one.error for one in again.modules if one.module in failed)

    found = trials.culprit(trials.general(env), works)
    said = tried.failed[0].message if tried.failed else tried.finished.last_words
    return settings.diagnose(env, found, f"{failed[0].partition('.')[0]} cannot be imported", said) if found is not None else None


def _two_runtimes(env: Environment, stack: Stack, tried: Imports) -> Diagnosis | None:
    if not tried.died_in:
        return None
    return openmp.twice(env, lambda changes: not import_all(env, stack, changes).died_in)


def _fine(env: Environment, stack: Stack, tried: Imports) -> Outcome:
    versions = {package.name: one.version for package, one in zip(stack.packages, tried.modules, strict=True)}
    seconds = sum(one.seconds for one in tried.modules)
    warnings = (
        *metadata.warnings(env, stack, versions),
        *matplotlib_settings.warnings(env, tried.finished.stderr),
        *conflicts.warnings(env, stack),
    )
    return ok(f"{', '.join(f'{name} {short(version)}' for name, version in versions.items())} imported in {seconds:.1f} s", *warnings)
