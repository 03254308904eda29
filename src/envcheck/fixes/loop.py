"""`--fix`: one cause after the other is fixed, until the machine is ready or the next step is a
person's.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from envcheck.fixes.attempt import attempt
from envcheck.fixes.helper import Helper
from envcheck.model import Diagnosis, Fix, Severity
from envcheck.run import alone
from envcheck.run.report import Report
from envcheck.run.request import Request

ROUNDS = 4  # a fix may uncover the next cause; more than this is a circle

NOT_ALONE = (
    "Another envcheck is changing {} at this moment. This one fixes nothing, and what it finds may be "
    "half done: type this again when the other has ended.\n"
)

# Runs the checks of a request and returns its unscrubbed report.
RunChecks = Callable[[Request], Report]


def alone_at(request: Request, helper: Helper, held: ExitStack) -> Helper | None:
    """Hold what a fix may change until `held` is closed. None where another envcheck does: then
    nothing is fixed here, and the person is told so.
    """
    folders = alone.changed_in(request.folder, request.variables, request.located)
    if helper.dry or not (folder := alone.hold(held, folders)):
        return helper
    helper.say(NOT_ALONE.format(folder))
    return None


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
        _say_again(report, diagnosis, helper)
        before, report = report, check(request)
        if _is_still_there(before, report, diagnosis):
            helper.say("That did not help.")
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
    for cause in report.to_mend:
        if cause.diagnosis.severity is Severity.ERROR:
            fix = next((fix for fix in cause.diagnosis.fixes if fix.automatic), None)
            return (cause.diagnosis, fix) if fix is not None else None
    return None


def _say_again(report: Report, diagnosis: Diagnosis, helper: Helper) -> None:
    ids = _met_by(report, diagnosis)
    titles = [result.title for result in report.results if result.id in ids]
    helper.say(f"Checking again: {', '.join(titles)}")


def _is_still_there(before: Report, after: Report, diagnosis: Diagnosis) -> bool:
    """Whether a check that met the cause meets it again."""
    ids = set(_met_by(before, diagnosis))
    return any(
        cause.diagnosis.code == diagnosis.code
        and cause.diagnosis.severity is Severity.ERROR
        and ids & set(cause.checks)
        for cause in after.causes
    )


def _met_by(report: Report, diagnosis: Diagnosis) -> tuple[str, ...]:
    return next((cause.checks for cause in report.causes if cause.diagnosis == diagnosis), ())
