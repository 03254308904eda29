"""A Python tool, and the check that lets it work: a function is carried out in the target, and its answer compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from envcheck import Check, Cost, Diagnosis, Environment, Outcome, Severity, fail, ok, skip
from envcheck.advice import ask_teacher, install, tell
from envcheck.process import Ending, how_it_ended
from envcheck.python import interpreter
from envcheck.versions import normal_name
from envcheck_checks.stack import NAME
from envcheck_checks.tools import pages
from envcheck_checks.tools.work import Function, Work, carry_out

Cause = Callable[[Environment, Work], Diagnosis | None]
NOT_ANY = frozenset[str]()


@dataclass(frozen=True)
class Tool:
    """What it is called, what pip installs for it, and how big that is with all it needs, in megabytes.

    `about` says in a sentence what it is for; `never_on` are values of sys.platform where it does not work at all,
    and what to do there instead.
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
        return normal_name(NAME.split(self.requirements[0], maxsplit=1)[0])


def works(
    tool: Tool,
    work: Function,
    expected: Mapping[str, object],
    *,
    proves: str,
    needs: Sequence[Check] = (),
    variables: Mapping[str, str | None] | None = None,
    causes: Sequence[Cause] = (),
    codes: Mapping[str, str] | None = None,
    timeout: float = 60.0,
    cost: Cost = Cost(3.0, 200),  # noqa: B008  # frozen
    summary: Callable[[Work], str] = lambda done: "",
) -> Check:
    """A check that `work` gives `expected`. `causes` are asked, in order, when it does not: each knows one way to fail,
    from facts. `codes` says in a line what each of their codes means, for the tool's page. The `version` that the work
    returns is shown; `summary` adds what a learner would like to read.
    """

    def examine(env: Environment) -> Outcome:
        return not_here(tool) or missing(env, tool) or judged(env, tool, _done(env), expected, causes, summary)

    def _done(env: Environment) -> Work:
        return carry_out(env, work, env.new_folder(tool.id), timeout=timeout - 5, variables=variables)

    return Check(
        id=tool.id,
        title=tool.title,
        examine=examine,
        needs=tuple(needs),
        timeout=timeout,
        proves=proves,
        cost=replace(cost, disk_mb=max(cost.disk_mb, tool.megabytes)),
        page=pages.page(tool.title, tool.about, proves, tool.id, codes or {}),
        slow_because=f"{tool.title} is loaded for the first time",
    )


def not_here(tool: Tool, platform: str = "") -> Outcome | None:
    """A skip where the tool does not exist for this system."""
    import sys

    instead = tool.never_on.get(platform or sys.platform)
    return skip(f"{tool.title} does not run on this system; {instead}") if instead else None


def missing(env: Environment, tool: Tool) -> Diagnosis | None:
    """The distributions that are not installed, as one diagnosis with their size."""
    python = interpreter(env)
    absent = [one for one in tool.requirements if normal_name(NAME.split(one, maxsplit=1)[0]) not in python.installed]
    if not absent:
        return None
    return fail(
        "tool-missing",
        f"{tool.title} is not installed in this Python ({tool.about})",
        install(env, python, absent, title=f"install {tool.title} (about {tool.megabytes} MB with what it needs)"),
        found=f"{len(python.installed)} packages, without {', '.join(absent)}",
        wanted=", ".join(tool.requirements),
        looked_in=python.paths.get("purelib", python.prefix),
    )


def judged(
    env: Environment, tool: Tool, done: Work, expected: Mapping[str, object], causes: Sequence[Cause], summary: Callable[[Work], str]
) -> Outcome:
    """What the work's end means: fine, a known cause, or what can be said without one."""
    came = {name: done.values.get(name) for name in expected}
    for cause in causes:
        diagnosis = cause(env, done)
        if diagnosis is not None and diagnosis.severity is Severity.ERROR:
            return diagnosis
    if not done.values:
        return unusable(env, tool, done)
    if came != dict(expected):
        return fail(
            "tool-answers-wrong", f"{tool.title} gave another result than the one that was put in", ask_teacher(),
            found=came, wanted=dict(expected), looked_in=f"{tool.title} {done.values.get('version', '')}".strip(),
        )  # fmt: skip
    warnings = [diagnosis for cause in causes if (diagnosis := cause(env, done)) is not None]
    words = [str(done.values.get("version", "")), summary(done), _after(done)]
    return ok(", ".join(word for word in words if word), *warnings)


def unusable(env: Environment, tool: Tool, done: Work) -> Diagnosis:
    """It is installed, and its work did not come to an end."""
    python, place = interpreter(env), interpreter(env).paths.get("purelib", interpreter(env).prefix)
    if done.finished.ending is not Ending.EXITED:
        return fail(
            "tool-hangs", f"{tool.title} did not finish a small piece of work in {done.finished.seconds:.0f} s",
            tell("give it room", "Close other programs, then run envcheck again; the first start of a tool is its slowest."),
            found=done.finished.last_words, looked_in=place,
        )  # fmt: skip
    again = install(env, python, ["--force-reinstall", *tool.requirements], title=f"install {tool.title} again (about {tool.megabytes} MB)")
    if done.missing:
        return fail(
            "tool-incomplete", f"{tool.title} is installed, and a module that it needs is not: {done.missing}", again,
            found=f"{done.error}: {done.message}", wanted=done.missing, looked_in=place,
        )  # fmt: skip
    how = f"{done.error}: {done.message}" if done.error else f"{how_it_ended(done.finished.code)}; {done.finished.last_words}".strip("; ")
    return fail("tool-fails", f"{tool.title} is installed, and a small piece of work fails", ask_teacher(), found=how, looked_in=place)


def _after(done: Work) -> str:
    """The work was done and the process died on its way out: said, not blamed."""
    return f"(its process ended with signal {done.signal} after the work)" if done.signal else ""
