"""Causes that no list of installed files names: what Python or an uninstallation left beside them."""

from __future__ import annotations

from envcheck import Diagnosis, Environment
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.installed import bytecode, left_over


def find_damaged_bytecode(env: Environment, failure: Failure) -> Diagnosis | None:
    """What Python keeps of a module that it has read is damaged; the module itself is whole."""
    return bytecode.diagnose(env, failure.output, failure.what)


def find_left_over_folder(env: Environment, failure: Failure) -> Diagnosis | None:
    """The folder of a package that is not installed lies there still, and somebody met it."""
    return left_over.diagnose(env, failure.output, failure.what)
