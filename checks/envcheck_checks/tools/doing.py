"""A tool's work, done once, twice when a signal ended it, or without one of the learner's variables to see whether that is the cause."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, Fix, Run, fail, warn
from envcheck.advice import installer
from envcheck.process import Ending, how_it_ended
from envcheck.python import interpreter
from envcheck_checks.causes.variables import unset
from envcheck_checks.tools.work import Function, Work, carry_out
from envcheck_checks.trials import Change, Kind, culprit, own_variables, variables_of

Variables = Mapping[str, str | None]


@dataclass(frozen=True)
class Doing:
    """`name` is the tool's id, `expected` what its work gives; `variables` are set or taken away for it; `settings` are how
    the names of the variables begin that the tool reads.
    """

    name: str
    work: Function
    expected: Mapping[str, object]
    timeout: float
    variables: Variables | Callable[[Environment], Variables] = field(default_factory=dict)
    settings: tuple[str, ...] = ()

    def do(self, env: Environment, folder: Path, more: Variables | None = None) -> Work:
        given = self.variables(env) if callable(self.variables) else self.variables
        return carry_out(env, self.work, folder, timeout=self.timeout, variables={**given, **(more or {})})

    def twice(self, env: Environment) -> Work:
        """Some tools are ended by a signal now and then, before or after their work: one more try tells once from always."""
        first = self.do(env, env.new_folder(self.name))
        if first.signal is None:
            return first
        again = self.do(env, env.new_folder(f"{self.name}-again"))
        if self.fine(first) and not self.fine(again):
            again = first
        return replace(again, signals=tuple(one.signal for one in (first, again) if one.signal is not None))

    def fine(self, done: Work) -> bool:
        return bool(done.values) and all(done.values.get(name) == value for name, value in self.expected.items())

    def variable(self, env: Environment, title: str) -> Diagnosis | None:
        """The one variable of the terminal without which the work succeeds."""
        count = itertools.count()
        return variable_that_breaks(env, title, self.settings, lambda more: self.works(env, f"{self.name}-trial-{next(count)}", more))

    def works(self, env: Environment, folder: str, more: Variables | None = None) -> bool:
        return self.fine(self.do(env, env.new_folder(folder), more))


def variable_that_breaks(env: Environment, title: str, settings: tuple[str, ...], works: Callable[[Variables], bool]) -> Diagnosis | None:
    """`works` does it again with variables taken away: those whose names begin like `settings`, and what any program reads."""
    own = [Change(Kind.VARIABLE, name, {name: None}) for name in sorted(env.variables) if name.startswith(settings)]
    found = culprit([*own, *own_variables(env)], lambda changes: works(variables_of(changes)))
    return variable_breaks(title, found.name) if found else None


def variable_breaks(title: str, name: str) -> Diagnosis:
    return fail(
        "tool-variable-breaks",
        f"the variable {name} of your terminal keeps {title} from working",
        unset(name),
        found=f"{name} is set",
        wanted=f"{title} works without {name}",
        looked_in="the variables of this terminal",
    )


def dies_at_exit(env: Environment, title: str, requirements: tuple[str, ...], done: Work) -> Diagnosis | None:
    """The work was done, and both times its process was ended by a signal on its way out."""
    if len(done.signals) < 2:
        return None
    upgrade = Run((*installer(env, interpreter(env)), "--upgrade", *requirements))
    return warn(
        "tool-dies-at-exit",
        f"{title} does its work, and then its process dies: a program that looks at exit codes takes that for a failure",
        Fix(f"bring {title} to its newest version", (upgrade,), Confidence.LIKELY),
        found=f"{how_it_ended(-done.signals[-1])} after the work, in two tries of two",
        wanted="exit code 0",
    )


def once_only(done: Work) -> str:
    """Words for a tool that needed its second try, or whose first try died after its work."""
    if len(done.signals) != 1:
        return ""
    return f"one of two tries ended with signal {done.signals[0]}"


def hung(done: Work) -> bool:
    return done.finished.ending is not Ending.EXITED
