"""The chapter's packages: there, new enough, imported in a process of their own, and from where they should come."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from envcheck import Check, Cost, Diagnosis, Environment, Outcome, ok
from envcheck.sentences import listed
from envcheck.target.interpreter import interpreter
from envcheck_checks.diagnosis.failure import Failure, Retry
from envcheck_checks.installed import (
    conflicts,
    dependencies,
    files,
    metadata,
    missing,
    modified,
    permissions,
)
from envcheck_checks.interference import settings, shadowing, trials
from envcheck_checks.interference.trials import Removed
from envcheck_checks.kernel.answers import End
from envcheck_checks.kernel.client import Kernel
from envcheck_checks.kernel.shared import in_fresh_kernel
from envcheck_checks.machine import limits
from envcheck_checks.packages import broken_import, matplotlib, openmp
from envcheck_checks.packages.imports import Imports, import_all, imports
from envcheck_checks.pip import pip_settings
from envcheck_checks.python import start_files
from envcheck_checks.stack import Package, Stack, short


def packages(
    stack: Stack, needs: tuple[Check, ...] = (), explained_by: tuple[Check, ...] = ()
) -> Check:
    """Every package of the stack is imported by the target in the learner's folder, and is new enough."""

    def examine(env: Environment) -> Outcome:
        tried = imports(env, stack)
        hiding = (
            shadowing.hides_a_module(
                env, tried.hiding, [file for one in tried.failed for file in one.files]
            )
            if tried.failed
            else None
        )
        if hiding is not None and _in_a_notebook(env, stack):
            return ok(
                "imported in a notebook's kernel, and not by a plain `python` in this folder",
                shadowing.only_outside_notebooks(hiding),
            )
        return tuple(_in_the_way(env, one) for one in problem(env, stack, tried)) or _fine(
            env, stack, tried
        )

    return Check(
        id="packages",
        title="Packages",
        cost=Cost(1.0, 110),
        examine=examine,
        needs=needs,
        explained_by=explained_by,
        timeout=60,
        proves=f"{listed([package.name for package in stack.packages])} import in a process of their own and are new enough",
        slow_because="the first import of a package compiles it",
    )


def problem(env: Environment, stack: Stack, tried: Imports) -> tuple[Diagnosis, ...]:
    """The causes why the packages cannot be used. Causes that explain others are asked first, and then stand alone."""
    old = _too_old(env, stack, tried)
    failed = [one.module for one in tried.failed] or [tried.died_in] * bool(tried.died_in)
    if not failed and not old:
        hollow = modified.emptied(
            env,
            dependencies.closure(interpreter(env), [package.name for package in stack.packages]),
            tried.empty,
        )
        trouble = hollow or matplotlib.unreadable(env)
        return (trouble,) if trouble else ()
    names = [package.name for package in stack.packages if package.imported in failed]
    around = (
        limits.diagnose()
        or permissions.no_programs(env)
        or shadowing.hides_a_module(
            env, tried.hiding, [file for one in tried.failed for file in one.files]
        )
        or permissions.not_readable(env, dependencies.closure(interpreter(env), names))
        or start_files.puts_others_first(env)
    )
    if around is not None:
        return (around,)
    absent = {one.missing.partition(".")[0] for one in tried.failed if one.missing}
    found = missing.diagnose(env, stack, absent) if failed else None
    if found is None and (setting := _setting(env, stack, tried, failed, old)):
        return (setting,)
    found = found or (
        files.diagnose(env, dependencies.closure(interpreter(env), names)) if names else None
    )
    if found is None and not _explained(env, names, old):
        found = (
            dependencies.diagnose(env, names, _what(failed, old))
            or _two_runtimes(env, stack, tried)
            or settings.other(
                env, _works(env, stack, failed, old), _what(failed, old), _said(tried)
            )
            or broken_import.diagnose(env, tried)
        )
    return (*([found] if found else []), *([missing.too_old(env, old)] if old else []))


def _in_a_notebook(env: Environment, stack: Stack) -> bool:
    """Whether the same imports work in a kernel in the learner's folder: it has loaded most of the standard library before
    it looks there.
    """
    cell = "import " + ", ".join(package.imported for package in stack.packages)

    def imported(fresh: Kernel) -> bool:
        done = fresh.execute(cell, 60)
        return done.end is End.REPLIED and done.error is None

    return in_fresh_kernel(env, (), imported)


def _too_old(env: Environment, stack: Stack, tried: Imports) -> dict[Package, str]:
    """The packages that are older than the chapter allows: as they say it themselves, or, when they do not, their metadata."""
    said = {one.module: one.version for one in tried.modules if not one.error}
    installed = interpreter(env).installed
    versions = {
        package: said.get(package.imported)
        or (one.version if (one := installed.get(package.name)) else "")
        or ""
        for package in stack.packages
    }
    return {
        package: version
        for package, version in versions.items()
        if version and not package.allows(version)
    }


def _explained(env: Environment, failed: Sequence[str], old: Mapping[Package, str]) -> bool:
    """Whether the first that fails is too old itself, or is built on one that is."""
    inside = dependencies.closure(interpreter(env), failed[:1])
    return not failed or any(package.name in inside for package in old)


def _in_the_way(env: Environment, found: Diagnosis) -> Diagnosis:
    """What would make the fix fail is the root."""
    return (
        pip_settings.in_the_way(env, found.fixes[0], found.summary) if found.fixes else None
    ) or found


def _setting(
    env: Environment, stack: Stack, tried: Imports, failed: list[str], old: Mapping[Package, str]
) -> Diagnosis | None:
    """The one setting of the learner's without which the same imports work, and are new enough."""
    works = _works(env, stack, failed, old)
    found = trials.find_cause_by_removal(trials.general(env), works)
    return (
        settings.diagnose(env, found, _what(failed, old), _said(tried))
        if found is not None
        else None
    )


def _works(
    env: Environment, stack: Stack, failed: list[str], old: Mapping[Package, str]
) -> Callable[[Sequence[Removed]], bool]:
    modules = {package.imported: package for package in stack.packages}

    def works(changes: Sequence[Removed]) -> bool:
        again = import_all(env, stack, changes)
        bad = [one for one in again.modules if one.module in failed and one.error]
        still = [
            one
            for one in again.modules
            if modules[one.module] in old and not modules[one.module].allows(one.version)
        ]
        return not again.died_in and not bad and not still

    return works


def _what(failed: list[str], old: Mapping[Package, str]) -> str:
    return (
        f"{failed[0].partition('.')[0]} cannot be imported"
        if failed
        else f"{next(iter(old)).name} is an older one than the chapter's examples need"
    )


def _said(tried: Imports) -> str:
    return tried.failed[0].message if tried.failed else tried.finished.last_words


def _two_runtimes(env: Environment, stack: Stack, tried: Imports) -> Diagnosis | None:
    if not tried.died_in:
        return None
    return openmp.find_two_runtimes(
        env,
        Failure(
            "", died=True, retry=Retry(lambda removed: not import_all(env, stack, removed).died_in)
        ),
    )


def _fine(env: Environment, stack: Stack, tried: Imports) -> Outcome:
    versions = {
        package.name: one.version
        for package, one in zip(stack.packages, tried.modules, strict=True)
    }
    seconds = sum(one.seconds for one in tried.modules)
    warnings = (
        *metadata.warnings(env, stack, versions),
        *matplotlib.warnings(env, tried.finished.stderr),
        *conflicts.warnings(env, stack),
    )
    return ok(
        f"{', '.join(f'{name} {short(version)}' for name, version in versions.items())} imported in {seconds:.1f} s",
        *warnings,
    )
