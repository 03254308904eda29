"""Causes that only an import meets: a file in its way, a start-up file, a module or a numpy that a
package needs.
"""

from __future__ import annotations

from envcheck import Diagnosis, Environment
from envcheck.target.interpreter import interpreter
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.interference import shadowing
from envcheck_checks.packages import broken_import
from envcheck_checks.packages.imports import Imports, imports
from envcheck_checks.packages.openmp import find_two_runtimes
from envcheck_checks.python import start_files

__all__ = [
    "find_absent_import",
    "find_hiding_file",
    "find_misleading_start_file",
    "find_other_numpy",
    "find_two_runtimes",
]


def find_hiding_file(env: Environment, failure: Failure) -> Diagnosis | None:
    """A file of the learner's folder was imported in place of a module."""
    tried = _tried(env, failure)
    if tried is None:
        return None
    files = [file for failed in tried.failed for file in failed.files]
    return shadowing.hides_a_module(env, tried.hiding, files)


def find_misleading_start_file(env: Environment, failure: Failure) -> Diagnosis | None:
    """A file that Python runs as it starts puts the packages of another Python first, or a folder
    from which the package came that failed.
    """
    tried = _tried(env, failure)
    files = [file for failed in tried.failed for file in failed.files] if tried else []
    return start_files.puts_others_first(env, files)


def find_absent_import(env: Environment, failure: Failure) -> Diagnosis | None:
    """A module that a package needs is not installed, and its metadata does not say that it needs
    it.
    """
    tried = _tried(env, failure)
    if tried is None or not tried.failed:
        return None
    return broken_import.diagnose_absent_import(env, interpreter(env), tried.failed[0])


def find_other_numpy(env: Environment, failure: Failure) -> Diagnosis | None:
    """A package was built for another numpy."""
    tried = _tried(env, failure)
    if tried is None or not tried.failed:
        return None
    return broken_import.diagnose_other_numpy(env, interpreter(env), tried)


def _tried(env: Environment, failure: Failure) -> Imports | None:
    """How the imports of the chapter went, which were done once."""
    return imports(env, failure.stack) if failure.stack is not None else None
