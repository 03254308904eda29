"""Causes that lie in what is installed: not allowed, absent, damaged, too old, changed."""

from __future__ import annotations

from envcheck import Diagnosis, Environment
from envcheck.target.interpreter import interpreter
from envcheck.versions import normal_name
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.installed import (
    dependencies,
    files,
    missing,
    modified,
    old_on_windows,
    permissions,
    pywin32,
    whole,
)
from envcheck_checks.installed.requirements import closure


def find_disk_without_programs(env: Environment, _failure: Failure) -> Diagnosis | None:
    """The environment lies on a disk that allows no programs."""
    return permissions.no_programs(env)


def find_unreadable_package(env: Environment, failure: Failure) -> Diagnosis | None:
    """A package may not be read."""
    return permissions.not_readable(env, built_on(env, failure))


def find_missing_package(env: Environment, failure: Failure) -> Diagnosis | None:
    """Something that the failure is made of is not installed: all that the chapter lacks is then
    named together.
    """
    installed = interpreter(env).installed
    there = all(normal_name(name) in installed for name in failure.distributions)
    if failure.stack is None or there:
        return None
    return missing.diagnose(env, failure.stack, set(failure.not_found))


def find_damaged_package(env: Environment, failure: Failure) -> Diagnosis | None:
    """Files of a package are gone, cut short, or made for another machine."""
    everything = failure.stack.everything if failure.stack is not None else ()
    return files.diagnose(
        env, built_on(env, failure), data=failure.data, everything=tuple(everything)
    )


def find_unfit_dependency(env: Environment, failure: Failure) -> Diagnosis | None:
    """What a package needs is absent, or has a version that it does not work with."""
    return dependencies.diagnose(
        env,
        failure.distributions,
        failure.what,
        output=failure.output,
        files=failure.files,
        beside=_beside(failure),
    )


def _beside(failure: Failure) -> tuple[str, ...]:
    """What the chapter uses together with what failed: Jupyter's parts, or its packages."""
    if failure.stack is None:
        return ()
    packages = tuple(package.name for package in failure.stack.packages)
    jupyter = (failure.stack.kernel, *failure.stack.launchers)
    return packages if set(failure.distributions) & {*packages} else jupyter


def find_incomplete_pywin32(env: Environment, failure: Failure) -> Diagnosis | None:
    """pywin32, through which Jupyter asks Windows for rights and processes, is not all there."""
    return pywin32.incomplete(env, failure.what)


def find_package_too_old_for_windows(env: Environment, failure: Failure) -> Diagnosis | None:
    """A part of Jupyter is from before a change in the Pythons of Windows."""
    return old_on_windows.diagnose(env, failure.distributions, failure.what)


def find_modified_package(env: Environment, failure: Failure) -> Diagnosis | None:
    """A file is not the one that was installed."""
    return modified.diagnose(env, built_on(env, failure), failure.what)


def find_packages_that_do_not_fit(env: Environment, failure: Failure) -> Diagnosis | None:
    """The traceback goes through packages that are whole, and not through what the machine refused."""
    return whole.diagnose(env, failure.output, failure.files, failure.what)


def built_on(env: Environment, failure: Failure) -> list[str]:
    """The distributions that the failure is made of, with all that they need, nearest first."""
    return closure(interpreter(env), failure.distributions)
