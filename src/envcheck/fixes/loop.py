"""`--fix`: show every step, ask, carry out what is automatic and sure, check again, and leave a record that can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from envcheck.environment import Environment
from envcheck.fixes import apply, record, startup_files
from envcheck.fixes.apply import Ended, Situation
from envcheck.model import (
    Diagnosis,
    Fix,
    Rename,
    Run,
    SetEnv,
    Severity,
    Step,
    Tell,
    UnsetEnv,
    UsePython,
    Write,
)
from envcheck.privacy import Scrubber, scrubber_for
from envcheck.run import plan, session
from envcheck.run.report import Report
from envcheck.target import shells

ROUNDS = 4  # a fix may uncover the next cause; more than this is a circle


@dataclass(frozen=True)
class Helper:
    """Who talks to the person: `say` a line, `confirm` a question, `tick` how long a step takes and what it says of itself.
    `dry` shows and does nothing.
    """

    say: Callable[[str], None]
    confirm: Callable[[str], bool]
    dry: bool = False
    tick: Callable[[float, str], None] = lambda seconds, text: None


def until_ready(
    request: session.Request,
    report: Report,
    helper: Helper,
    check: Callable[[session.Request, bool], Report],
) -> Report:
    """Fix the first cause, check again, and so on until the machine is ready or nothing more can be done by a program.

    `report` and what `check` gives are unscrubbed: their paths are real. `check` is told whether it runs the whole plan.
    """
    seen: set[tuple[str, str]] = set()
    for _ in range(ROUNDS):
        found = _next(report)
        if found is None:
            if report.causes and report.verdict != "ready":
                helper.say(
                    "\nNothing here can be done by envcheck itself: the next step above is yours."
                )
            return report
        diagnosis, fix = found
        key = (diagnosis.code, fix.title)
        if key in seen:
            helper.say(
                f"The same cause is still there after its fix: {diagnosis.summary}. Show this page to your teacher."
            )
            return report
        seen.add(key)
        changed = _fix(request, diagnosis, fix, helper)
        if changed is None:
            return report
        request = changed
        helper.say(f"Checking again: {', '.join(_titles(report, diagnosis))}")
        part = check(
            replace(request, planned=plan.only(request.planned, _met_by(report, diagnosis))), False
        )
        if any(
            one.diagnosis.code == diagnosis.code and one.diagnosis.severity is Severity.ERROR
            for one in part.causes
        ):
            helper.say("That did not help.")
            return check(request, True)
        report = check(request, True)
    return report


def preview(fix: Fix, scrubber: Scrubber) -> list[str]:
    """Every step in a line, before anything is done."""
    return [f"    {number}. {spoken(step, scrubber)}" for number, step in enumerate(fix.steps, 1)]


def _next(report: Report) -> tuple[Diagnosis, Fix] | None:
    for cause in report.causes:
        if cause.diagnosis.severity is Severity.ERROR:
            fix = next((one for one in cause.diagnosis.fixes if one.automatic), None)
            return (cause.diagnosis, fix) if fix is not None else None
    return None


def _fix(
    request: session.Request, diagnosis: Diagnosis, fix: Fix, helper: Helper
) -> session.Request | None:
    """The request for the next run, or None when the person said no or a step failed. Raises KeyboardInterrupt."""
    scrubber = Scrubber(
        scrubber_for(request.variables).home
    )  # lines to paste keep the names of other folders
    helper.say(f"\nFix for: {scrubber.text(diagnosis.summary)}\n  {scrubber.text(fix.title)}")
    for line in preview(fix, scrubber):
        helper.say(line)
    if helper.dry or not helper.confirm("Do this?"):
        return None
    file = record.new_file(request.folder)

    def keep(situation: Situation) -> str:
        return record.write(file, record.document(diagnosis, fix, situation, scrubber.home))

    with session.environment(replace(request, timeout=apply.STEP_SECONDS)) as env:
        begun = Situation(request.located, dict(request.variables))
        recorded = not keep(begun)
        ended = apply.carry_out(env, fix, begun, helper.tick, keep if recorded else id)
        if ended.failed:
            helper.say(scrubber.text(f"This step failed: {ended.failed}"))
            keep(ended.situation)
            _go_back(env, ended, file if recorded else None, helper, scrubber)
            return None
        _say_done(env, ended.situation, file if recorded else None, helper, scrubber)
    return replace(request, located=ended.situation.located, variables=ended.situation.variables)


def _go_back(
    env: Environment, ended: Ended, file: Path | None, helper: Helper, scrubber: Scrubber
) -> None:
    """Leave the machine as it was; what cannot be taken back is said. Raises KeyboardInterrupt when a person ended the fix."""
    back = ended.situation.way_back
    if back:
        helper.say("Taking back what was done:")
    for step in back:
        helper.say(f"    {spoken(step, scrubber)}")
    left, failed = apply.take_back(env, back, helper.tick)
    if failed is None:
        aside = [
            step for step in back if isinstance(step, Rename) and ".envcheck-backup-" in step.to
        ]
        helper.say(
            "Everything is as it was before."
            + (" What the fix had made is kept beside it, under that new name." if aside else "")
        )
        if file is not None:
            file.unlink(
                missing_ok=True
            )  # our own, of this minute: there is nothing left in it to take back
    else:
        helper.say(
            scrubber.text(
                f"Taking it back failed too: {failed}. These steps bring back what was there:"
            )
        )
        for step in left:
            helper.say(f"    {spoken(step, scrubber)}")
        if file is not None:
            said = record.read(file, scrubber.home)
            record.write(file, record.left(said, left, scrubber.home))
            helper.say(
                f"They stand in {file.name}; `{report_command(env)} undo {file.name}` tries again."
            )
    if ended.stopped:
        raise KeyboardInterrupt


def report_command(env: Environment) -> str:
    """What the learner typed to start us."""
    return env.variables.get("ENVCHECK_COMMAND", "envcheck")


def _say_done(
    env: Environment, situation: Situation, file: Path | None, helper: Helper, scrubber: Scrubber
) -> None:
    if file is not None and situation.way_back:
        helper.say(
            f"Done. What was done stands in {file.name}; `{report_command(env)} undo {file.name}` takes it back."
        )
    elif file is not None:
        file.unlink(missing_ok=True)
        helper.say("Done. Nothing on this machine was changed, so there is nothing to take back.")
    else:
        helper.say(
            "Done. No record of it can be written into this folder. These steps take it back:"
        )
        for step in situation.way_back:
            helper.say(f"    {spoken(step, scrubber)}")
    lines = startup_files.environment_lines(
        env, tuple(session.scrubbed(one.step, scrubber) for one in situation.done)
    )
    if lines:
        helper.say("This holds for envcheck's own check. In your terminal, type it yourself:")
        for line in lines:
            helper.say(f"    {line}")


def _titles(report: Report, diagnosis: Diagnosis) -> list[str]:
    ids = _met_by(report, diagnosis)
    return [result.title for result in report.results if result.id in ids]


def _met_by(report: Report, diagnosis: Diagnosis) -> tuple[str, ...]:
    return next((cause.checks for cause in report.causes if cause.diagnosis == diagnosis), ())


def spoken(step: Step, scrubber: Scrubber) -> str:
    """A step in a line, with the home as `~`: what is on a screen is soon in a forum."""
    step = session.scrubbed(step, scrubber)
    match step:
        case Run():
            return shells.command(step.argv, "posix")
        case Rename():
            return f"rename {step.source} to {step.to}"
        case Write():
            return f"write {step.path}"
        case UnsetEnv():
            return f"take {step.name} out of the variables"
        case SetEnv():
            return f"set {step.name}={step.value}"
        case UsePython():
            return f"from then on use {step.python}"
        case Tell():
            return step.text
