"""A Python tool, and the check that lets it work: a function is carried out in the target, and its
answer compared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from envcheck import Check, Cost, Diagnosis, Environment, Outcome, Severity, fail, ok, skip, unknown
from envcheck.fixes.advice import ask_teacher, install, tell
from envcheck.processes.process import how_it_ended
from envcheck.target.interpreter import interpreter
from envcheck.versions import name_of, normal_name
from envcheck_checks.tools.framework import check_page, conflict
from envcheck_checks.tools.framework.codes import (
    TOOL_FAILS,
    TOOL_HANGS,
    TOOL_INCOMPLETE,
    TOOL_MISSING,
)
from envcheck_checks.tools.framework.remote_call import Function, Work
from envcheck_checks.tools.framework.trial_runs import (
    Doing,
    Variables,
    dies_at_exit,
    now_and_then,
    was_hung,
)
from envcheck_checks.tools.framework.what_to_install import words
from envcheck_checks.tools.framework.wrong_answer import wrong_answer

Cause = Callable[[Environment, Work], Diagnosis | None]


@dataclass(frozen=True)
class Tool:
    """What it is called, what pip installs for it, and how big that is with all it needs, in
    megabytes.

    `about` says in a sentence what it is for; `never_on` are values of sys.platform where it does
    not work at all, and what to do there instead.
    """

    id: str
    title: str
    requirements: tuple[str, ...]
    megabytes: int
    about: str
    never_on: Mapping[str, str] = field(default_factory=dict)

    @property
    def distribution(self) -> str:
        """The distribution that is the tool itself: the first."""
        return normal_name(name_of(self.requirements[0]))


def works(
    tool: Tool,
    work: Function,
    expected: Mapping[str, object],
    *,
    proves: str,
    needs: Sequence[Check] = (),
    variables: Variables | Callable[[Environment], Variables] | None = None,
    settings: tuple[str, ...] = (),
    causes: Sequence[Cause] = (),
    codes: Mapping[str, str] | None = None,
    timeout: float = 60.0,
    cost: Cost = Cost(3.0, 200),  # noqa: B008  # frozen
    summary: Callable[[Work], str] = lambda done: "",
) -> Check:
    """A check that `work` gives `expected`. `causes` are asked, in order, when it does not: each
    knows one way to fail, from facts. `codes` says in a line what each of their codes means, for
    the tool's page. `settings` are how the names of variables begin that the tool reads: when it
    fails, each is taken away for a trial. The `version` that the work returns is shown; `summary`
    adds what a learner would like to read.
    """

    doing = Doing(tool.id, work, expected, timeout - 5, variables or {}, settings)

    def examine(env: Environment) -> Outcome:
        return not_here(tool) or missing(env, tool) or judge(env, tool, doing, causes, summary)

    return tool_check(
        tool,
        examine,
        proves=proves,
        needs=needs,
        timeout=timeout,
        cost=cost,
        codes=codes or {},
        slow_because=f"{tool.title} is loaded for the first time",
    )


def tool_check(
    tool: Tool,
    examine: Callable[[Environment], Outcome],
    *,
    proves: str,
    needs: Sequence[Check],
    timeout: float,
    cost: Cost,
    codes: Mapping[str, str],
    slow_because: str,
) -> Check:
    """The check of a tool, with the page that is made from what it says; `timeout` is in seconds.

    On the disk it costs at least what the tool takes.
    """
    return Check(
        id=tool.id,
        title=tool.title,
        examine=examine,
        needs=tuple(needs),
        timeout=timeout,
        proves=proves,
        cost=replace(cost, disk_mb=max(cost.disk_mb, tool.megabytes)),
        page=check_page.page(tool.title, tool.about, proves, tool.id, codes),
        slow_because=slow_because,
    )


def not_here(tool: Tool, platform: str = "") -> Outcome | None:
    """A skip where the tool does not exist for this system."""
    import sys

    instead = tool.never_on.get(platform or sys.platform)
    return skip(f"{tool.title} does not run on this system; {instead}") if instead else None


def missing(env: Environment, tool: Tool) -> Diagnosis | None:
    """The distributions that are not installed, as one diagnosis with their size."""
    python = interpreter(env)
    absent = [
        requirement
        for requirement in tool.requirements
        if normal_name(name_of(requirement)) not in python.installed
    ]
    if not absent:
        return None
    return fail(
        TOOL_MISSING,
        f"{tool.title} is not installed in this Python ({tool.about})",
        install(
            env,
            python,
            absent,
            title=f"install {tool.title} (about {tool.megabytes} MB with what it needs)",
        ),
        found=f"{len(python.installed)} packages, without {', '.join(absent)}",
        wanted=", ".join(tool.requirements),
        looked_in=python.paths.get("purelib", python.prefix),
    )


def judge(
    env: Environment,
    tool: Tool,
    doing: Doing,
    causes: Sequence[Cause],
    summary: Callable[[Work], str],
) -> Outcome:
    """What the end of its work means: fine, a known cause, or what can be said without one."""
    done = doing.until_it_lives(env)
    if done.cut_short:
        return unknown(
            f"{tool.title} was not done when the whole run's time was over; `--timeout 300` gives it longer"
        )
    diagnoses = [diagnosis for cause in causes if (diagnosis := cause(env, done)) is not None]
    errors = [diagnosis for diagnosis in diagnoses if diagnosis.severity is Severity.ERROR]
    if errors:
        return errors[0]
    if not doing.fine(done):
        cause = doing.variable(env, tool.title, done) or _without_cause(env, tool, doing, done)
        if cause.code == TOOL_FAILS:
            return doing.other_variable(env, tool.title, done) or cause
        return cause
    dies = dies_at_exit(env, tool.title, tool.requirements, done)
    parts = [str(done.values.get("version", "")), summary(done), now_and_then(done)]
    return ok(", ".join(part for part in parts if part), *diagnoses, *([dies] if dies else []))


def _without_cause(env: Environment, tool: Tool, doing: Doing, done: Work) -> Diagnosis:
    """What can be said of work that did not succeed when no cause of it is known."""
    if not done.values:
        return unusable(env, tool, done)
    return wrong_answer(
        tool.title,
        found={name: done.values.get(name) for name in doing.expected},
        wanted=dict(doing.expected),
        looked_in=f"{tool.title} {done.values.get('version', '')}".strip(),
    )


def unusable(env: Environment, tool: Tool, done: Work) -> Diagnosis:
    """It is installed, and its work did not come to an end."""
    python = interpreter(env)
    place = python.paths.get("purelib", python.prefix)
    if was_hung(done):
        return fail(
            TOOL_HANGS, f"{tool.title} did not finish a small piece of work in {done.finished.seconds:.0f} s",
            tell("give it room", "Close other programs, then run envcheck again; the first start of a tool is its slowest."),
            found=done.finished.last_words, looked_in=place,
        )  # fmt: skip
    if clash := conflict.diagnose(env, tool.title, tool.requirements, done):
        return clash
    if done.missing:
        return incomplete(env, tool, done, place)
    how = (
        f"{done.error}: {done.message}"
        if done.error
        else f"{how_it_ended(done.finished.code)}; {done.finished.last_words}".strip("; ")
    )
    return fail(
        TOOL_FAILS,
        f"{tool.title} is installed, and a small piece of work fails",
        ask_teacher(),
        found=how,
        looked_in=place,
    )


def incomplete(env: Environment, tool: Tool, done: Work, place: str) -> Diagnosis:
    """It is installed, and a module that it needs is not; `place` is the folder of the packages."""
    python = interpreter(env)
    again = ask_teacher()
    if tool.requirements:
        what = words(python, tool.requirements, done.missing)
        again = install(env, python, what, title=f"install what {tool.title} needs")
    return fail(
        TOOL_INCOMPLETE,
        f"{tool.title} is installed, and a module that it needs is not: {done.missing}",
        again,
        found=f"{done.error}: {done.message}",
        wanted=done.missing,
        looked_in=place,
    )
