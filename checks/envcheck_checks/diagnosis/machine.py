"""Causes that lie in the machine or its terminal, whatever was tried."""

from __future__ import annotations

from envcheck import Diagnosis, Environment, Severity
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.installed import refused
from envcheck_checks.machine import disk, home, limits, localhost, loopback


def find_low_limit(_env: Environment, _failure: Failure) -> Diagnosis | None:
    """The diagnosis of a limit of the terminal that the chapter cannot live with; None without one."""
    return limits.diagnose()


def find_dead_loopback(_env: Environment, _failure: Failure) -> Diagnosis | None:
    """The diagnosis that this machine cannot talk to itself; None where it can."""
    return loopback.diagnose()


def find_localhost_elsewhere(_env: Environment, failure: Failure) -> Diagnosis | None:
    """A server listens at localhost, and that name is another machine's."""
    return localhost.leads_elsewhere(localhost.addresses(), Severity.ERROR, failure.what)


def find_full_disk(env: Environment, _failure: Failure) -> Diagnosis | None:
    """No temporary folder has room for the files of a run."""
    return disk.diagnose_scratch(env)


def find_no_home(env: Environment, _failure: Failure) -> Diagnosis | None:
    """A user without a home folder: what a program keeps there has no place."""
    return home.diagnose_none(env)


def find_refused_file(env: Environment, failure: Failure) -> Diagnosis | None:
    """macOS does not load a compiled file: its mark of the net, or its signature."""
    return refused.diagnose(env, failure.output, failure.what)
