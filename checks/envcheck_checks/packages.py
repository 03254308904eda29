"""The chapter's packages: there, new enough, imported in a process of their own, and from where they should come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from envcheck import Check, Diagnosis, Environment, Outcome, ok
from envcheck.inside import ask, source_of
from envcheck.process import Finished
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
    package_files,
    permissions,
    settings,
    shadowing,
)
from envcheck_checks.private import private_folders
from envcheck_checks.stack import Stack, listed, short
from envcheck_checks.trials import Change


@dataclass(frozen=True)
class Import:
    """How one import went. `error` is empty when it worked; `files` are the frames of the failure, innermost last."""

    module: str
    file: str = ""
    version: str = ""
    error: str = ""
    message: str = ""
    missing: str = ""
    files: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True)
class Imports:
    """All imports of one process. `hiding` are modules that came from the learner's folder, as (name, file);
    `died_in` is the module that was being imported when the process ended."""

    modules: tuple[Import, ...]
    hiding: tuple[tuple[str, str], ...]
    died_in: str
    finished: Finished

    @property
    def failed(self) -> tuple[Import, ...]:
        return tuple(one for one in self.modules if one.error)


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


def imports(env: Environment, stack: Stack) -> Imports:
    """The imports of the stack's modules; done once a run for each stack."""
    return env.look_up(f"imports of {stack.packages}", lambda env: _import_all(env, stack))


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
        or broken_package.diagnose(env, tried)
    )


def _setting(env: Environment, stack: Stack, tried: Imports, failed: list[str]) -> Diagnosis | None:
    """The one setting of the learner's without which the same imports work."""

    def works(changes: Sequence[Change]) -> bool:
        again = _import_all(env, stack, changes)
        return not again.died_in and not any(one.error for one in again.modules if one.module in failed)

    found = trials.culprit(trials.general(env), works)
    said = tried.failed[0].message if tried.failed else tried.finished.last_words
    return settings.diagnose(env, found, f"{failed[0].partition('.')[0]} cannot be imported", said) if found is not None else None


def _import_all(env: Environment, stack: Stack, changes: Sequence[Change] = ()) -> Imports:
    names = [package.imported for package in stack.packages]
    source = source_of("envcheck_checks.inside", "imports.py")
    answer = ask(
        env,
        [interpreter(env).executable],
        source,
        *names,
        timeout=50,
        cwd=trials.folder_of(env, changes),
        variables={**private_folders(env).variables, **trials.variables_of(changes)},
        calm=True,
    )
    done = [row for row in answer.objects if "module" in row and not row.get("begun")]
    begun = [row["module"] for row in answer.objects if row.get("begun")]
    died = [name for name in begun if name not in {row["module"] for row in done}]
    last = answer.objects[-1] if answer.objects else {}
    died_in = died[0] if died else "" if "hiding" in last else names[0]
    hiding = tuple((name, file) for name, file in last.get("hiding", ()))
    return Imports(tuple(map(_imported, done)), hiding, died_in, answer.finished)


def _imported(row: Mapping[str, Any]) -> Import:
    return Import(
        module=row["module"],
        file=row.get("file") or next(iter(row.get("path") or ()), ""),
        version=row.get("version", ""),
        error=row.get("error", ""),
        message=row.get("message", ""),
        missing=row.get("missing") or "",
        files=tuple(row.get("files", ())),
        seconds=row["seconds"],
    )


def _fine(env: Environment, stack: Stack, tried: Imports) -> Outcome:
    versions = {package.name: one.version for package, one in zip(stack.packages, tried.modules, strict=True)}
    seconds = sum(one.seconds for one in tried.modules)
    warnings = (
        *metadata.warnings(env, stack, versions),
        *matplotlib_settings.warnings(env, tried.finished.stderr),
        *conflicts.warnings(env, stack),
    )
    return ok(f"{', '.join(f'{name} {short(version)}' for name, version in versions.items())} imported in {seconds:.1f} s", *warnings)
