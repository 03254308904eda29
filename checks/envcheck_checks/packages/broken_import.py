"""A package that is installed whole and still cannot be imported: built against another numpy, or a
reason that only it knows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from envcheck import Diagnosis, Environment, fail, places
from envcheck.fixes.advice import install
from envcheck.processes.reason import reason
from envcheck.target.interpreter import Interpreter, interpreter
from envcheck.versions import normal_name
from envcheck_checks.installed.codes import DEPENDENCY_MISSING, PACKAGE_DAMAGED
from envcheck_checks.installed.named import provider
from envcheck_checks.installed.reinstall import reinstall
from envcheck_checks.installed.whole import differing, newer, repair
from envcheck_checks.packages.codes import NUMPY_BINARY_MISMATCH

if TYPE_CHECKING:
    from envcheck_checks.packages.imports import Import, Imports

ABI = re.compile(
    r"numpy\.dtype size changed|compiled using NumPy 1|_ARRAY_API not found|numpy\.core\.multiarray failed to import",
    re.IGNORECASE,
)


def diagnose(env: Environment, tried: Imports) -> Diagnosis:
    """What is said of the first failure where no cause is found: the others follow from it, since
    imports are tried in the order in which they need each other.
    """
    python = interpreter(env)
    if not tried.failed:
        return _died(env, python, tried)
    return _general(env, python, tried.failed[0])


def diagnose_absent_import(
    env: Environment, python: Interpreter, failed: Import
) -> Diagnosis | None:
    """The module that this import did not find belongs to a package that is not installed."""
    top = failed.missing.partition(".")[0]
    if (
        not top
        or top == failed.module.partition(".")[0]
        or failed.error != "ModuleNotFoundError"
        or top in python.stdlib_names
    ):
        return None
    package = provider(top)
    if package in python.installed:
        return None
    return fail(
        DEPENDENCY_MISSING,
        f"`{package}`, which {failed.module.partition('.')[0]} needs, is not installed (a missing dependency): {failed.module.partition('.')[0]} cannot be imported",
        install(env, python, [package]),
        found=failed.message.splitlines()[0] if failed.message else failed.error,
        wanted=package,
        looked_in=failed.file or python.paths.get("purelib", ""),
    )


def diagnose_other_numpy(env: Environment, python: Interpreter, tried: Imports) -> Diagnosis | None:
    """The message is one of those that numpy gives for a package that was built for another."""
    failed = next((attempt for attempt in tried.failed if ABI.search(attempt.message)), None)
    if failed is None and not ABI.search(tried.finished.stderr):
        return None
    at_fault = failed or tried.failed[0]
    name = _distribution_that_raised(python, at_fault, but="numpy")
    name = name or at_fault.module.partition(".")[0]
    numpy = python.installed.get("numpy")
    return fail(
        NUMPY_BINARY_MISMATCH,
        f"{name} was built for another numpy than the one that is installed (binary incompatibility)",
        reinstall(env, python, [name], f"upgrade {name} to one built for this numpy", upgrade=True),
        found=f"numpy {numpy.version if numpy else 'unknown'}: {at_fault.message.splitlines()[0][:200]}",
        wanted=f"a {name} built for this numpy",
        looked_in=python.paths.get("purelib", ""),
    )


def _general(env: Environment, python: Interpreter, failed: Import) -> Diagnosis:
    name = failed.module.partition(".")[0]
    blamed = _distribution_that_raised(python, failed) or name
    return fail(
        PACKAGE_DAMAGED,
        f"{blamed} is installed and cannot be imported",
        repair(env, [blamed], f"reinstall {blamed}"),
        found=f"{failed.error}: {failed.message.splitlines()[0][:300] if failed.message else ''}",
        wanted=f"import {failed.module} works",
        looked_in=failed.files[-1] if failed.files else python.paths.get("purelib", ""),
    )


def _distribution_that_raised(python: Interpreter, failed: Import, but: str = "") -> str:
    """The distribution whose file raised: the innermost frame inside the packages folder, other
    than those of `but`.
    """
    for file in reversed(failed.files):
        for folder in {python.paths.get("purelib", ""), python.paths.get("platlib", "")} - {""}:
            inside = places.within(file, folder)
            top = normal_name(provider(inside.parts[0].removesuffix(".py"))) if inside else ""
            if top and top != but:
                return top if top in python.installed else ""
    return ""


def _died(env: Environment, python: Interpreter, tried: Imports) -> Diagnosis:
    name = tried.died_in.partition(".")[0]
    code = tried.finished.code
    how = (
        f"signal {-code}"
        if code is not None and code < 0
        else f"{tried.finished.ending.value}, exit code {code}"
    )
    last_words = [line] if (line := reason(tried.finished.stderr)) else []
    return fail(
        PACKAGE_DAMAGED,
        f"{name} is installed and cannot be imported: the Python process ends in the middle of it",
        repair(env, [name], f"reinstall {name}") if differing(env, [name]) else newer(env, [name]),
        found=": ".join([how, *last_words])[:400],
        wanted=f"import {tried.died_in} works",
        looked_in=python.paths.get("purelib", ""),
    )
