"""A tool's work, done once, again when a signal ended it, or without one of the learner's variables
to see whether that is the cause.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from envcheck import Confidence, Diagnosis, Environment, fail, warn
from envcheck.fixes.advice import install
from envcheck.processes.process import Ending, how_it_ended
from envcheck.target.interpreter import interpreter
from envcheck_checks.interference.trials import (
    Removed,
    SettingKind,
    find_cause_by_removal,
    other_variables,
    own_variables,
    told_by,
    variables_of,
)
from envcheck_checks.interference.variables import unset
from envcheck_checks.tools.framework.codes import TOOL_DIES_AT_EXIT, TOOL_VARIABLE_BREAKS
from envcheck_checks.tools.framework.remote_call import Function, Work, carry_out

Variables = Mapping[str, str | None]
# Does the work again with these variables; None: it was given up, so nobody can tell.
Works = Callable[[Variables], "bool | None"]

# Arrow's threads abort at the exit about once in 20, and more often where they are starved: three in a
# row have been seen of a healthy one. A slow tool is tried three times, a quick one six.
FEW_TRIES, MOST_TRIES = 3, 6
LONG = 20.0  # seconds of all tries so far, after which a few are enough
NUMBERS = ("none", "one", "two", "three", "four", "five", "six")


@dataclass(frozen=True)
class Doing:
    """`name` is the tool's id, `expected` what its work gives; `variables` are set or taken away
    for it; `settings` are how the names of the variables begin that the tool reads.
    """

    name: str
    work: Function
    expected: Mapping[str, object]
    timeout: float
    variables: Variables | Callable[[Environment], Variables] = field(default_factory=dict)
    settings: tuple[str, ...] = ()

    def do(self, env: Environment, folder: Path, more: Variables | None = None) -> Work:
        """How the work ended, done once in this folder; `more` are further variables, None for
        those to be taken away.
        """
        variables = self.variables(env) if callable(self.variables) else self.variables
        return carry_out(
            env, self.work, folder, timeout=self.timeout, variables={**variables, **(more or {})}
        )

    def until_it_lives(self, env: Environment) -> Work:
        """Some tools are ended by a signal now and then, before or after their work: more tries
        tell that from always. Two are enough where the work is never done. Gives the last try whose
        work was done, or the last.
        """
        tries = [self.do(env, env.new_folder(self.name))]
        while (
            tries[-1].signal is not None
            and len(tries) < (FEW_TRIES if _seconds(tries) > LONG else MOST_TRIES)
            and (len(tries) == 1 or any(map(self.fine, tries)))
        ):
            tries.append(self.do(env, env.new_folder(f"{self.name}-again-{len(tries)}")))
        best = next((work for work in reversed(tries) if self.fine(work)), tries[-1])
        return replace(
            best,
            tries=len(tries),
            signals=tuple(work.signal for work in tries if work.signal is not None),
        )

    def fine(self, done: Work) -> bool:
        """Whether the work was done and gave what is expected."""
        return bool(done.values) and all(
            done.values.get(name) == value for name, value in self.expected.items()
        )

    def variable(self, env: Environment, title: str, done: Work) -> Diagnosis | None:
        """The one variable of the terminal without which the work, which ended so, succeeds."""
        return variable_that_breaks(
            env, title, self.settings, self._trial(env), late=done.finished.late
        )

    def other_variable(self, env: Environment, title: str, done: Work) -> Diagnosis | None:
        """The diagnosis that one of the variables of any name breaks the work: the last question
        where nothing else is known.
        """
        return _find_breaking_variable(
            title, other_variables(env), self._trial(env), late=done.finished.late
        )

    def _trial(self, env: Environment) -> Works:
        count = itertools.count()
        return lambda more: self.works(env, f"{self.name}-trial-{next(count)}", more)

    def works(self, env: Environment, folder: str, more: Variables | None = None) -> bool | None:
        """Whether the work gives what is expected in a new folder of this name, with these
        variables; None where it was given up.
        """
        done = self.do(env, env.new_folder(folder), more)
        return told_by(done.finished, works=self.fine(done))


def variable_that_breaks(
    env: Environment,
    title: str,
    settings: tuple[str, ...],
    works: Works,
    *,
    late: bool = False,
) -> Diagnosis | None:
    """`works` does it again with variables taken away: those whose names begin like `settings`, and
    what any program reads. `late`: what failed was waited for in vain.
    """
    own = [
        Removed(SettingKind.VARIABLE, name, {name: None})
        for name in sorted(env.variables)
        if name.startswith(settings)
    ]
    return _find_breaking_variable(title, [*own, *own_variables(env)], works, late=late)


def _find_breaking_variable(
    title: str, candidates: Sequence[Removed], works: Works, *, late: bool
) -> Diagnosis | None:
    removed = find_cause_by_removal(
        candidates, lambda changes: works(variables_of(changes)), late=late
    )
    return variable_breaks(title, removed.name) if removed else None


def variable_breaks(title: str, name: str) -> Diagnosis:
    """The diagnosis that the tool works without this variable."""
    return fail(
        TOOL_VARIABLE_BREAKS,
        f"the variable {name} of your terminal keeps {title} from working",
        unset(name),
        found=f"{name} is set",
        wanted=f"{title} works without {name}",
        looked_in="the variables of this terminal",
    )


def _seconds(tries: Sequence[Work]) -> float:
    return sum(work.finished.seconds for work in tries)


def dies_at_exit(
    env: Environment, title: str, requirements: tuple[str, ...], done: Work
) -> Diagnosis | None:
    """The work was done, and yet each try was ended by a signal."""
    if len(done.signals) < done.tries:
        return None
    upgrade = install(
        env,
        interpreter(env),
        ["--upgrade", *requirements],
        title=f"bring {title} to its newest version",
    )
    return warn(
        TOOL_DIES_AT_EXIT,
        f"{title} does its work, and then its process dies: a program that looks at exit codes takes that for a failure",
        replace(upgrade, confidence=Confidence.LIKELY),
        found=f"{how_it_ended(-done.signals[-1])} after the work; {_so_many(done)} ended so",
        wanted="exit code 0",
    )


def now_and_then(done: Work) -> str:
    """Words for a tool of whose tries some were ended by a signal and one was not."""
    return (
        f"{_so_many(done)} ended with signal {done.signals[-1]}"
        if 0 < len(done.signals) < done.tries
        else ""
    )


def _so_many(done: Work) -> str:
    return f"{NUMBERS[len(done.signals)]} of {NUMBERS[done.tries]} tries"


def was_hung(done: Work) -> bool:
    """Whether it did not end in time."""
    return done.finished.ending is not Ending.EXITED
