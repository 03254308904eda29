"""How a check answers, in five short words, and the decorator that makes one from a function."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from envcheck.environment import Environment
from envcheck.model import (
    Check,
    Cost,
    Diagnosis,
    Evidence,
    Fine,
    Fix,
    Outcome,
    Severity,
    Skipped,
    Unknown,
)
from envcheck.older_names import explained_by_or_beside


def ok(summary: str, *warnings: Diagnosis, typed: str = "") -> Fine:
    """It was done and it worked; `summary` says what came out, `typed` the line that does it here,
    where the course's own would not.
    """
    return Fine(summary, warnings, typed)


def fail(
    code: str,
    summary: str,
    *fixes: Fix,
    found: object = "",
    wanted: object = "",
    looked_in: object = "",
    note: str = "",
) -> Diagnosis:
    """The machine is not ready, and this is why. `code` is stable kebab-case."""
    return Diagnosis(
        code,
        summary,
        Evidence(str(found), str(wanted), str(looked_in)),
        fixes,
        Severity.ERROR,
        note,
    )


def warn(
    code: str,
    summary: str,
    *fixes: Fix,
    found: object = "",
    wanted: object = "",
    looked_in: object = "",
    note: str = "",
) -> Diagnosis:
    """It works, and there is something that will trip the learner."""
    return Diagnosis(
        code,
        summary,
        Evidence(str(found), str(wanted), str(looked_in)),
        fixes,
        Severity.WARNING,
        note,
    )


def skip(reason: str) -> Skipped:
    """Not examined, and why."""
    return Skipped(reason)


def unknown(summary: str) -> Unknown:
    """It could not be told."""
    return Unknown(summary)


def check(
    id: str,
    *,
    title: str = "",
    needs: Sequence[Check] = (),
    explained_by: Sequence[Check] = (),
    beside: Sequence[Check] = (),
    timeout: float = 30.0,
    required: bool = True,
    traits: Sequence[str] = (),
    proves: str = "",
    slow_because: str = "",
    cost: Cost = Cost(),  # noqa: B008  # frozen
    symptom: str = "",
) -> Callable[[Callable[[Environment], Outcome]], Check]:
    """Make a check of a function; registers nothing. The title is given, or else the docstring's
    first line. `beside` is an older name of `explained_by`, accepted until 1.0; giving both raises
    TypeError.

    envcheck's host runs without PYTHONOPTIMIZE, so docstrings are there.
    """

    def make(examine: Callable[[Environment], Outcome]) -> Check:
        first_line = ((examine.__doc__ or "").strip() or id).splitlines()[0].rstrip(".")
        return Check(
            id=id,
            title=title or first_line,
            examine=examine,
            needs=tuple(needs),
            explained_by=explained_by_or_beside(explained_by, beside),
            timeout=timeout,
            required=required,
            traits=frozenset(traits),
            proves=proves or first_line,
            slow_because=slow_because,
            cost=cost,
            symptom=symptom,
        )

    return make
