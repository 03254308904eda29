"""Causes that lie in the machine or its terminal, whatever was tried."""

from __future__ import annotations

from envcheck import Diagnosis, Environment
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.machine import disk, limits, loopback


def find_low_limit(_env: Environment, _failure: Failure) -> Diagnosis | None:
    """A limit of the terminal that the chapter cannot live with."""
    return limits.diagnose()


def find_dead_loopback(_env: Environment, _failure: Failure) -> Diagnosis | None:
    """This machine cannot talk to itself."""
    return loopback.diagnose()


def find_full_disk(env: Environment, _failure: Failure) -> Diagnosis | None:
    """No temporary folder has room for the files of a run."""
    return disk.diagnose_scratch(env)
