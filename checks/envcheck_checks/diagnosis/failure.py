"""What failed, as a value, and what a cause is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from envcheck import Diagnosis, Environment
from envcheck_checks.interference import trials
from envcheck_checks.interference.trials import Removed, SettingKind
from envcheck_checks.stack import Stack

Trial = trials.Trial  # how a failure is tried again


@dataclass(frozen=True)
class Failure:
    """Something that could not be done, with all that a cause may want to know of it.

    `what` says in words what cannot be done: "no kernel starts". `output` is what was printed, with
    the traceback where there is one; `files` are the files of a traceback that is known by itself,
    innermost last. `distributions` are what it is made of, by name, without what those need in
    turn; `data` says that their files that are no code matter too. `retry` is how to try it again,
    None where that cannot be done; `died` says that its process ended too early, `hung` that it
    gave no answer in time, `at_work` that nobody knows whether it would have come to its end, since
    it was given up before that. `stack` is what the chapter needs, `not_found` the modules that an
    import did not find.
    """

    what: str
    output: str = ""
    distributions: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    retry: Retry | None = None
    died: bool = False
    hung: bool = False
    at_work: bool = False
    stack: Stack | None = None
    not_found: frozenset[str] = frozenset()
    data: bool = False

    def works(self, removed: Sequence[Removed]) -> bool | None:
        """Whether it works with these settings removed; None where it cannot be tried again."""
        return self.retry.works(removed) if self.retry is not None else None


@dataclass(frozen=True)
class Retry:
    """How to try it again. `works` runs at most `at_once` times at once.

    `candidates` gives the settings that may be the cause, `explanations` what makes a diagnosis of
    one that is, where its kind has words of its own. `in_full` does the same once more with all that
    came before it, where `works` leaves that out. `late` says that the failure itself was a wait
    in vain, for something that did nothing meanwhile.
    """

    works: Trial
    candidates: Callable[[Environment], Sequence[Removed]] = trials.general
    explanations: Mapping[SettingKind, Explanation] = field(default_factory=dict)
    at_once: int = 1
    late: bool = False
    in_full: Callable[[], bool | None] | None = None


# The diagnosis that explains a failure, or None. It starts no program: it looks at facts, or tries
# the failure again.
Cause = Callable[[Environment, Failure], Diagnosis | None]

# The diagnosis of a setting without which the thing works.
Explanation = Callable[[Environment, Failure, Removed], Diagnosis | None]
