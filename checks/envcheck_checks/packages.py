"""The chapter's packages: there, new enough, imported in a process of their own, and from where they should come."""

from __future__ import annotations

from dataclasses import dataclass

from envcheck import Check, Diagnosis, Environment, Outcome, fact, ok
from envcheck.inside import ask, source_of
from envcheck.process import Finished
from envcheck.python import interpreter

from envcheck_checks.causes import broken_package, conflicts, limits, missing, shadowing
from envcheck_checks.private import private_folders
from envcheck_checks.stack import Stack, listed, short


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
    return (
        limits.diagnose(env)
        or shadowing.hides_a_module(env, tried.hiding, [*_texts(tried)])
        or missing.diagnose(env, stack, {one.missing.partition(".")[0] for one in tried.failed if one.missing})
        or broken_package.diagnose(env, tried)
    )


def _texts(tried: Imports) -> list[str]:
    return [file for one in tried.failed for file in one.files]


def _import_all(env: Environment, stack: Stack) -> Imports:
    names = [package.imported for package in stack.packages]
    source = source_of("envcheck_checks.inside", "imports.py")
    answer = ask(
        env,
        [interpreter(env).executable],
        source,
        *names,
        timeout=50,
        cwd=env.folder,
        variables=private_folders(env).variables,
        calm=True,
    )
    done = [row for row in answer.objects if "module" in row and not row.get("begun")]
    begun = [row["module"] for row in answer.objects if row.get("begun")]
    died = [name for name in begun if name not in {row["module"] for row in done}]
    last = answer.objects[-1] if answer.objects else {}
    return Imports(
        modules=tuple(
            Import(
                module=row["module"],
                file=row.get("file") or next(iter(row.get("path") or ()), ""),
                version=row.get("version", ""),
                error=row.get("error", ""),
                message=row.get("message", ""),
                missing=row.get("missing") or "",
                files=tuple(row.get("files", ())),
                seconds=row["seconds"],
            )
            for row in done
        ),
        hiding=tuple((name, file) for name, file in last.get("hiding", ())),
        died_in=died[0] if died else "" if "hiding" in last else names[0],
        finished=answer.finished,
    )


def _fine(env: Environment, stack: Stack, tried: Imports) -> Outcome:
    versions = [f"{package.name} {short(one.version)}" for package, one in zip(stack.packages, tried.modules, strict=True)]
    seconds = sum(one.seconds for one in tried.modules)
    return ok(f"{', '.join(versions)} imported in {seconds:.1f} s", *conflicts.warnings(env, stack))


