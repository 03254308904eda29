"""One thing is told once: a warning of packages that another cause has installed is that cause.

A package that is absent makes one check fail, and another, which does without it, sees only that it
was asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from envcheck.model import Diagnosis, Run, Severity
from envcheck.run.result import CheckResult
from envcheck.versions import name_of, normal_name

INSTALL = ("install", "add")  # pip's, conda's, uv's and the other managers' word


def told_once(results: Sequence[CheckResult]) -> tuple[CheckResult, ...]:
    """The results, in which such a warning is replaced by the cause: by an error if there is one,
    else by the warning that came first.
    """
    causes = [diagnosis for result in results for diagnosis in result.diagnoses]
    causes.sort(key=lambda cause: cause.severity is not Severity.ERROR)
    installed = [(cause, _installs(cause)) for cause in causes]

    def root(diagnosis: Diagnosis) -> Diagnosis:
        names = _installs(diagnosis)
        if diagnosis.severity is Severity.ERROR or not names:
            return diagnosis
        return next((cause for cause, theirs in installed if names <= theirs), diagnosis)

    return tuple(
        replace(result, diagnoses=tuple(dict.fromkeys(map(root, result.diagnoses))))
        for result in results
    )


def _installs(diagnosis: Diagnosis) -> frozenset[str]:
    """The distributions that the first fix installs, by name."""
    steps = diagnosis.fixes[0].steps if diagnosis.fixes else ()
    commands = [step.argv for step in steps if isinstance(step, Run)]
    return frozenset(name for command in commands for name in _names(command))


def _names(command: Sequence[str]) -> Iterator[str]:
    place = next((number for number, word in enumerate(command) if word in INSTALL), None)
    if place is not None:
        words = command[place + 1 :]
        yield from (normal_name(name_of(word)) for word in words if not word.startswith("-"))
