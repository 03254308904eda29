"""`--fix`: one cause after the other is fixed, until the machine is ready or the next step is a
person's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from envcheck.fixes.attempt import attempt
from envcheck.fixes.helper import Helper
from envcheck.model import Diagnosis, Fix, Severity
from envcheck.run import plan
from envcheck.run.report import Report
from envcheck.run.request import Request

ROUNDS = 4  # a fix may uncover the next cause; more than this is a circle

# Runs the checks of a request and returns its unscrubbed report; the flag says whether that is the
# whole plan.
RunChecks = Callable[[Request, bool], Report]


def until_ready(request: Request, report: Report, helper: Helper, check: RunChecks) -> Report:
    """Fix the first cause, check again, and so on until the machine is ready or nothing more can be
    done by a program.

    `report` is unscrubbed: its paths are real. Returns the last report. Raises KeyboardInterrupt.
    """
    lines: list[str] = []
    try:
        return _fix_causes(request, report, helper, check, lines)
    finally:  # the last words on the screen, whatever the end was
        if lines:
            helper.say("\nThis terminal does not know of it yet. Type it here:")
        for line in dict.fromkeys(lines):
            helper.say(line)


def _fix_causes(
    request: Request, report: Report, helper: Helper, check: RunChecks, lines: list[str]
) -> Report:
    """The rounds; `lines` are gathered for the learner's own terminal. Raises KeyboardInterrupt."""
    tried: set[tuple[str, str]] = set()
    for _ in range(ROUNDS):
        if (chosen := _choose_fix(report, tried, helper)) is None:
            return report
        diagnosis, fix = chosen
        tried.add((diagnosis.code, fix.title))
        carried = attempt(request, diagnosis, fix, helper)
        if carried is None:
            return report
        request = carried.request
        lines += carried.lines
        helped = _check_again(request, report, diagnosis, helper, check)
        report = check(request, True)
        if not helped:
            return report
    return report


def _choose_fix(
    report: Report, tried: set[tuple[str, str]], helper: Helper
) -> tuple[Diagnosis, Fix] | None:
    """The first cause and its automatic fix; None, with a word on why, where there is nothing left
    to do.
    """
    chosen = _first_automatic(report)
    if chosen is None:
        if report.causes and report.verdict != "ready":
            helper.say(
                "\nNothing here can be done by envcheck itself: the next step above is yours."
            )
        return None
    diagnosis, fix = chosen
    if (diagnosis.code, fix.title) in tried:
        helper.say(
            f"The same cause is still there after its fix: {diagnosis.summary}. Show this page to your teacher."
        )
        return None
    return chosen


def _first_automatic(report: Report) -> tuple[Diagnosis, Fix] | None:
    for cause in report.causes:
        if cause.diagnosis.severity is Severity.ERROR:
            fix = next((fix for fix in cause.diagnosis.fixes if fix.automatic), None)
            return (cause.diagnosis, fix) if fix is not None else None
    return None


def _check_again(
    request: Request,
    report: Report,
    diagnosis: Diagnosis,
    helper: Helper,
    check: RunChecks,
) -> bool:
    """Whether the checks that met the cause no longer do."""
    ids = next((cause.checks for cause in report.causes if cause.diagnosis == diagnosis), ())
    titles = [result.title for result in report.results if result.id in ids]
    helper.say(f"Checking again: {', '.join(titles)}")
    part = check(replace(request, planned=plan.only(request.planned, ids)), False)
    still_there = any(
        cause.diagnosis.code == diagnosis.code and cause.diagnosis.severity is Severity.ERROR
        for cause in part.causes
    )
    if still_there:
        helper.say("That did not help.")
    return not still_there
