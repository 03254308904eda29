"""`--fix`: show every step, ask, carry out what is automatic and sure, check again, and leave a record that can be taken back."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import envcheck
from envcheck import fixing, plan, session, shells
from envcheck.environment import Environment
from envcheck.errors import UsageProblem
from envcheck.fixing import Situation, StepFailed
from envcheck.model import Diagnosis, Fix, Rename, Run, SetEnv, Severity, Step, Tell, UnsetEnv, UsePython, Write
from envcheck.report import Report
from envcheck.reports.document import step_document

ROUNDS = 4  # a fix may uncover the next cause; more than this is a circle


@dataclass(frozen=True)
class Helper:
    """Who talks to the person: `say` a line, `confirm` a question. `dry` shows and does nothing."""

    say: Callable[[str], None]
    confirm: Callable[[str], bool]
    dry: bool = False


def until_ready(request: session.Request, report: Report, helper: Helper, check: Callable[[session.Request, bool], Report]) -> Report:
    """Fix the first cause, check again, and so on until the machine is ready or nothing more can be done by a program.

    `report` and what `check` gives are unscrubbed: their paths are real. `check` is told whether it runs the whole plan.
    """
    seen: set[tuple[str, str]] = set()
    for _ in range(ROUNDS):
        found = _next(report)
        if found is None:
            return report
        diagnosis, fix = found
        key = (diagnosis.code, fix.title)
        if key in seen:
            helper.say(f"The same cause is still there after its fix: {diagnosis.summary}. Show this page to your teacher.")
            return report
        seen.add(key)
        changed = _fix(request, diagnosis, fix, helper)
        if changed is None:
            return report
        request = changed
        helper.say(f"Checking again: {', '.join(_titles(report, diagnosis))}")
        part = check(replace(request, planned=plan.only(request.planned, _met_by(report, diagnosis))), False)
        if any(one.diagnosis.code == diagnosis.code and one.diagnosis.severity is Severity.ERROR for one in part.causes):
            helper.say("That did not help.")
            return check(request, True)
        report = check(request, True)
    return report


def preview(fix: Fix) -> list[str]:
    """Every step in a line, before anything is done."""
    return [f"    {number}. {_spoken(step)}" for number, step in enumerate(fix.steps, 1)]


def undo(record: Path, env: Environment, helper: Helper) -> None:
    """Take a recorded fix back, last step first. Raises UsageProblem for what is no record, StepFailed for what fails."""
    try:
        said = json.loads(record.read_text(encoding="utf-8"))
        steps = [_step(one) for done in reversed(said["done"]) for one in done["undo"]]
    except OSError as error:
        raise UsageProblem(f"{record} cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError) as error:
        raise UsageProblem(f"{record} is not a record that envcheck wrote ({type(error).__name__})") from None
    if said.get("taken_back"):
        raise UsageProblem(f"{record} has been taken back already, at {said['taken_back']}")
    for step in steps:
        helper.say(f"    {_spoken(step)}")
    if helper.dry or not helper.confirm("Take this fix back?"):
        return
    fixing.take_back(env, tuple(steps), helper.say)
    record.write_text(json.dumps({**said, "taken_back": _now()}, indent=1) + "\n", encoding="utf-8")


def _next(report: Report) -> tuple[Diagnosis, Fix] | None:
    for cause in report.causes:
        if cause.diagnosis.severity is Severity.ERROR:
            fix = next((one for one in cause.diagnosis.fixes if one.automatic), None)
            return (cause.diagnosis, fix) if fix is not None else None
    return None


def _fix(request: session.Request, diagnosis: Diagnosis, fix: Fix, helper: Helper) -> session.Request | None:
    """The request for the next run, or None when the person said no or a step failed."""
    helper.say(f"\nFix for: {diagnosis.summary}\n  {fix.title}")
    for line in preview(fix):
        helper.say(line)
    if helper.dry or not helper.confirm("Do this?"):
        return None
    with session.environment(replace(request, timeout=fixing.STEP_SECONDS)) as env:
        situation, failed = fixing.carry_out(env, fix, Situation(request.located, dict(request.variables)), helper.say)
        if failed:
            helper.say(f"This step failed: {failed}")
            _go_back(env, situation, helper)
            return None
        _leave_record(env, diagnosis, fix, situation, helper)
        _show_environment(env, situation, helper)
    return replace(request, located=situation.located, variables=situation.variables)


def _go_back(env: Environment, situation: Situation, helper: Helper) -> None:
    """Leave the machine as it was; what cannot be taken back is said."""
    steps = tuple(step for done in reversed(situation.done) for step in done.undo)
    try:
        fixing.take_back(env, steps, helper.say)
        helper.say("Everything is as it was before.")
    except StepFailed as failed:
        helper.say(f"Taking it back failed too: {failed}. These steps bring back what was there:")
        for step in steps:
            helper.say(f"    {_spoken(step)}")


def report_command(env: Environment) -> str:
    """What the learner typed to start us."""
    return env.variables.get("ENVCHECK_COMMAND", "envcheck")


def _leave_record(env: Environment, diagnosis: Diagnosis, fix: Fix, situation: Situation, helper: Helper) -> None:
    record = {
        "schema": 1,
        "envcheck": envcheck.__version__,
        "when": _now(),
        "diagnosis": diagnosis.code,
        "fix": fix.title,
        "python": situation.located.command[0],
        "done": [{"step": step_document(done.step), "undo": [step_document(step) for step in done.undo]} for done in situation.done],
    }
    file = env.folder / f"envcheck-fix-{_now().replace(':', '').replace('-', '')}.json"
    try:
        file.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        helper.say(f"Done. The record of it cannot be written to {file} ({error.strerror}).")
        return
    helper.say(f"Done. What was done stands in {file.name}; `{report_command(env)} undo {file.name}` takes it back.")


def _show_environment(env: Environment, situation: Situation, helper: Helper) -> None:
    lines = fixing.environment_lines(env, situation.done)
    if lines:
        helper.say("This holds for envcheck's own check. In your terminal, type it yourself:")
        for line in lines:
            helper.say(f"    {line}")


def _titles(report: Report, diagnosis: Diagnosis) -> list[str]:
    ids = _met_by(report, diagnosis)
    return [result.title for result in report.results if result.id in ids]


def _met_by(report: Report, diagnosis: Diagnosis) -> tuple[str, ...]:
    return next((cause.checks for cause in report.causes if cause.diagnosis == diagnosis), ())


def _spoken(step: Step) -> str:
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


def _step(said: Mapping[str, Any]) -> Step:
    """A step of a record. Raises KeyError for one that no fix of ours makes."""
    kinds: dict[str, Callable[[], Step]] = {
        "run": lambda: Run(tuple(said["argv"])),
        "rename": lambda: Rename(said["from"], said["to"]),
        "write": lambda: Write(said["path"], said["text"]),
    }
    return kinds[said["do"]]()


def _now() -> str:
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
