"""Causes found by trial: the one setting of the learner's without which the same thing works."""

from __future__ import annotations

from envcheck import Diagnosis, Environment
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.interference import settings
from envcheck_checks.interference.trials import find_cause_by_removal, other_variables


def find_breaking_setting(env: Environment, failure: Failure) -> Diagnosis | None:
    """One of the settings that are known to matter."""
    retry = failure.retry
    if retry is None:
        return None
    removed = find_cause_by_removal(
        retry.candidates(env), retry.works, retry.at_once, late=retry.late
    )
    if removed is None:
        return None
    explain = retry.explanations.get(removed.kind)
    if explain is not None:
        return explain(env, failure, removed)
    return settings.diagnose(env, removed, failure.what, failure.output)


def find_breaking_variable(env: Environment, failure: Failure) -> Diagnosis | None:
    """A variable of any name. What hangs is not waited for again on the mere chance."""
    retry = failure.retry
    if retry is None or failure.hung:
        return None
    removed = find_cause_by_removal(
        other_variables(env), retry.works, retry.at_once, late=retry.late
    )
    if removed is None:
        return None
    return settings.variable(env, removed.name, failure.what, failure.output)
