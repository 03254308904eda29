"""Whose check broke, and how, in one line for a person, whatever strange things somebody's check
answers or raises.
"""

from __future__ import annotations

import traceback

from envcheck.model import Check, Diagnosis, Fine, NotDone, Skipped, Unknown


def is_outcome(outcome: object) -> bool:
    """Whether a check may return this; a tuple of diagnoses must not be empty."""
    if isinstance(outcome, tuple):
        return bool(outcome) and all(isinstance(diagnosis, Diagnosis) for diagnosis in outcome)
    return isinstance(outcome, Fine | Skipped | Unknown | NotDone | Diagnosis)


def shown(value: object) -> str:
    """The value as code would write it, 80 characters at most."""
    try:
        return f"{value!r:.80}"
    except Exception:  # noqa: BLE001  # somebody else's __repr__ may raise anything
        return f"a {type(value).__name__}"


def owner(check: Check) -> str:
    """Which check, and whose it is."""
    return f"the check `{check.id}` of {check.owner or getattr(check.examine, '__module__', 'an unknown module')}"


def _text(crash: BaseException) -> str:
    try:
        return str(crash).strip()
    except Exception:  # noqa: BLE001  # somebody else's __str__ may raise anything
        return ""


def describe(crash: BaseException) -> str:
    """Its type and the first line of what it says, whatever that raises."""
    lines = _text(crash).splitlines()
    return f"{type(crash).__name__}{': ' + lines[0][:200] if lines else ''}"


def blame(check: Check, crash: BaseException) -> str:
    """One line for a person: whose check broke, where, and how."""
    last = traceback.extract_tb(crash.__traceback__)[-1:]
    where = f" ({last[0].filename.rpartition('/')[2]}:{last[0].lineno})" if last else ""
    return f"{owner(check)} broke: {describe(crash)}{where}"


def own_fault(error: Exception) -> str:
    """One line for a person: envcheck itself broke, and the place for a bug report."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    where = f", at {last[0].filename.rpartition('/')[2]}:{last[0].lineno}" if last else ""
    return f"it broke by itself ({describe(error)}{where})"
