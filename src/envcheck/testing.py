"""For course authors: checks on described machines, where nothing is started; courses run for real.

def test_says_what_is_missing():
    env = described(facts={data_files: DataFiles(missing=("a.csv",))})
    diagnosis = fails(data_is_complete, env, "data-missing")
    assert "a.csv" in diagnosis.summary

def test_the_course_on_this_python():
    report = run_course(COURSE, "week1")
    assert report.exit_code == 0, failures(report)
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from envcheck.environment import Environment, Located, Options, fact
from envcheck.model import (
    Check,
    Course,
    Diagnosis,
    Fine,
    NotDone,
    Outcome,
    Severity,
    Skipped,
    Status,
)
from envcheck.processes.process import Processes
from envcheck.run import plan
from envcheck.run.crashes import is_outcome, shown
from envcheck.run.permitted import permitted
from envcheck.run.report import Report
from envcheck.run.request import Request
from envcheck.run.result import TargetSummary
from envcheck.run.runner import Runner
from envcheck.run.session import Session
from envcheck.target.interpreter import Distribution, Interpreter, target

__all__ = [
    "described",
    "examine",
    "fails",
    "failures",
    "interpreter",
    "passes",
    "run_course",
    "skips",
    "warns",
]

NOWHERE = Path("/described")


class NothingIsStarted(AssertionError):
    """A check asked a described environment to start a program: describe the fact behind it."""


class _NoProcesses(Processes):
    def __init__(self) -> None:
        """Without the parent's watchdog: nothing is started, so nothing is guarded."""

    def run(self, argv: Sequence[str], **_: object) -> NoReturn:
        raise NothingIsStarted(
            f"a described environment starts nothing, and was asked for: {' '.join(argv)[:200]}"
        )

    start = run


def described(
    *,
    variables: Mapping[str, str] | None = None,
    facts: Mapping[fact[Any], object] | None = None,
    python: Interpreter | None = None,
    folder: Path = NOWHERE / "folder",
    scratch: Path = NOWHERE / "scratch",
    options: Options | None = None,
    located: Located | None = None,
) -> Environment:
    """A learner's machine as you say it is. It never starts a program and never looks at the real
    machine.

    `facts` are the answers, by the `@fact` that would find them; a fact that is not described is
    really looked for, which fails as soon as it starts something. `python` is the target, as
    `interpreter(...)` makes it. For a check that writes, give real folders:
    `described(folder=tmp_path, scratch=tmp_path / "scratch")`.
    """
    env = Environment(
        located or Located((python.executable if python else "python",), "described"),
        variables=variables or {},
        folder=folder,
        scratch=scratch,
        cache=None,
        processes=_NoProcesses(),
        options=options or Options(),
    )
    for described_fact, value in {**({target: python} if python else {}), **(facts or {})}.items():
        env.preload(described_fact.name, value)
    return env


def interpreter(
    version: str = "3.12.4",
    packages: Mapping[str, str] | None = None,
    *,
    kind: str = "venv",
    prefix: str = "/described/.venv",
) -> Interpreter:
    """A Python of that version with those packages, for `described(python=...)`."""
    folder = f"{prefix}/lib/python{version.rpartition('.')[0]}/site-packages"
    rows = {"pip": "24.0", **(packages or {})}
    return Interpreter(
        executable=f"{prefix}/bin/python",
        version=version,
        implementation="cpython",
        prefix=prefix,
        base_prefix=prefix
        if kind in ("system", "pyenv", "conda", "installation")
        else "/described/base",
        bits=64,
        kind=kind,
        path=(folder,),
        distributions=tuple(
            Distribution(name, number, folder, f"{name}-{number}.dist-info")
            for name, number in rows.items()
        ),
    )


def examine(check: Check, env: Environment) -> Outcome:
    """What the check says about the environment, alone, as a report would tell it: its needs are
    not run. What it raises is raised.
    """
    outcome = permitted(check.examine(env), env)
    assert is_outcome(outcome), (
        f"the check `{check.id}` returned {shown(outcome)}, which is not an outcome"
    )
    return outcome


def passes(check: Check, env: Environment) -> Fine:
    """Assert that the check is fine, without a warning."""
    outcome = examine(check, env)
    assert isinstance(outcome, Fine), f"`{check.id}` is not fine: {outcome}"
    assert not outcome.warnings, f"`{check.id}` warns: {outcome.warnings}"
    return outcome


def fails(check: Check, env: Environment, code: str) -> Diagnosis:
    """Assert that the check fails with this diagnosis, and give it."""
    return _find(check, env, code, Severity.ERROR)


def warns(check: Check, env: Environment, code: str) -> Diagnosis:
    """Assert that the check warns with this diagnosis, and give it."""
    return _find(check, env, code, Severity.WARNING)


def skips(check: Check, env: Environment) -> str:
    """Assert that the check skips itself, and give the reason."""
    outcome = examine(check, env)
    assert isinstance(outcome, Skipped), f"`{check.id}` was not skipped: {outcome}"
    return outcome.reason


def run_course(
    course: Course,
    *chapters: str,
    tracks: Sequence[str] = (),
    env: Environment | None = None,
    python: str | Path = sys.executable,
    folder: Path | None = None,
    variables: Mapping[str, str] | None = None,
    options: Options | None = None,
    only: Sequence[str] = (),
    skip: Sequence[str] = (),
    timeout: float = 90.0,
    on_event: Callable[[Any], object] = id,
) -> Report:
    """The whole run that the command would make, as a report. All chapters unless some, or a track,
    are named.

    With `env`, a described environment, nothing is started; without it `python` is really examined.
    Raises `envcheck.errors.UsageProblem` for an unknown chapter or check.
    """
    chapters = chapters or (() if tracks else ("all",))
    asked = (env.options if env else None) or options or Options()
    selection = plan.Selection(chapters, tuple(tracks), only=tuple(only), skip=tuple(skip))
    mine = dict(
        os.environ if variables is None else variables
    )  # the test's own process stands for the learner's terminal
    planned = plan.make(course, selection, asked, None if env else mine)
    names = (*chapters, *tracks)
    if env is not None:
        return _described_report(course, names, planned, env, timeout)
    located = Located((str(python),), "named by the test")
    request = Request(course, names, planned, located, mine, folder or Path.cwd(), asked, timeout)
    return Session(request).run(on_event=on_event)


def failures(report: Report) -> str:
    """What did not pass, line by line: the message of an assertion about a report."""
    bad = [result for result in report.results if result.status not in (Status.PASS, Status.WARN)]
    return "\n".join(
        f"{result.id}: {result.status.value}: {result.summary or result.skip_reason}"
        for result in bad
    )


def _described_report(
    course: Course,
    names: tuple[str, ...],
    planned: Sequence[plan.Planned],
    env: Environment,
    timeout: float,
) -> Report:
    results = Runner(env, limit=timeout).run(planned)
    located = TargetSummary(env.located.command[0], env.located.rule, None)
    return Report(
        "1970-01-01T00:00:00Z",
        0.0,
        course.id,
        course.title,
        course.revision,
        names,
        located,
        results,
    )


def _find(check: Check, env: Environment, code: str, severity: Severity) -> Diagnosis:
    outcome = examine(check, env)
    outcome = outcome.warning if isinstance(outcome, NotDone) else outcome
    diagnoses = (
        outcome.warnings
        if isinstance(outcome, Fine)
        else (outcome,)
        if isinstance(outcome, Diagnosis)
        else outcome
    )
    for diagnosis in diagnoses if isinstance(diagnoses, tuple) else ():
        if diagnosis.code == code and diagnosis.severity is severity:
            return diagnosis
    raise AssertionError(f"`{check.id}` has no {severity.value} `{code}`: {outcome}")
