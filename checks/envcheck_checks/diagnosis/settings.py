"""Causes found by trial: the setting of the learner's without which the same thing works, or two that
must both be away.
"""

from __future__ import annotations

from dataclasses import replace

from envcheck import Confidence, Diagnosis, Environment, Evidence, Fix
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.interference import settings
from envcheck_checks.interference.trials import (
    Removed,
    Trial,
    find_causes_by_removal,
    other_variables,
)

SHORTEST_QUOTED = 6  # a shorter value stands in any text
SECONDS_FOR_TWO = 25.0  # a check has a limit of its own, and more to ask


def find_breaking_setting(env: Environment, failure: Failure) -> Diagnosis | None:
    """One of the settings that are known to matter, or two of them together."""
    retry = failure.retry
    if retry is None:
        return None
    causes = find_causes_by_removal(
        retry.candidates(env),
        retry.works,
        retry.at_once,
        late=retry.late,
        seconds_for_two=0.0 if failure.hung else SECONDS_FOR_TWO,
    )
    if len(causes) == 2:
        return _both(env, failure, causes[0], causes[1])
    return _explained(env, failure, causes[0]) if causes else None


def find_breaking_variable(env: Environment, failure: Failure) -> Diagnosis | None:
    """A variable of any name. What hangs is not waited for again on the mere chance."""
    retry = failure.retry
    if retry is None or failure.hung:
        return None
    anything = other_variables(env)
    quoted = [change for change in anything if _is_quoted(env, change, failure.output)]
    for candidates in (quoted, anything):
        causes = find_causes_by_removal(candidates, retry.works, retry.at_once, late=retry.late)
        if causes:
            return settings.variable(env, causes[0].name, failure.what, failure.output)
    return None


def _is_quoted(env: Environment, change: Removed, output: str) -> bool:
    """Whether a value is named by what failed: two trials then tell what many would."""
    values = (env.variables.get(name, "") for name in change.variables)
    return any(len(value) >= SHORTEST_QUOTED and value in output for value in values)


def _explained(env: Environment, failure: Failure, removed: Removed) -> Diagnosis | None:
    explain = failure.retry.explanations.get(removed.kind) if failure.retry else None
    if explain is not None:
        return explain(env, failure, removed)
    return settings.diagnose(env, removed, failure.what, failure.output)


def _both(env: Environment, failure: Failure, removed: Removed, other: Removed) -> Diagnosis | None:
    """Each is explained with the other away: else nothing would work in either's trials."""
    first = _explained(env, _without(failure, other), removed)
    second = _explained(env, _without(failure, removed), other)
    if first is None or second is None:
        return first or second
    return replace(
        first,
        summary=f"two settings, and it works only without both: {first.summary}; and {second.summary}",
        evidence=Evidence(
            f"{first.evidence.found}; {second.evidence.found}",
            first.evidence.wanted,
            ", ".join(
                dict.fromkeys((first.evidence.looked_in or "", second.evidence.looked_in or ""))
            ),
        ),
        fixes=(_together(first.fixes[0], second.fixes[0]),),
    )


def _without(failure: Failure, other: Removed) -> Failure:
    if failure.retry is None:
        return failure
    tried: Trial = failure.retry.works
    return replace(
        failure, retry=replace(failure.retry, works=lambda removed: tried([*removed, other]))
    )


def _together(fix: Fix, other: Fix) -> Fix:
    sure = (fix.confidence, other.confidence) == (Confidence.SURE, Confidence.SURE)
    return Fix(
        f"{fix.title}, and {other.title}",
        (*fix.steps, *other.steps),
        Confidence.SURE if sure else Confidence.ASK,
    )
