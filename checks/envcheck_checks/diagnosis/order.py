"""The one order in which causes are asked. A check names the groups that it uses and puts its own
causes between them.

Whatever comes first would make what comes later fail too, or costs less to find out: what lies in
the machine is asked before what lies in its packages, a look at files before a trial. Settings
stand before the installation because they choose what is installed: on a machine whose PYTHONPATH
leads to another Python's packages, those packages are what does not fit, and PYTHONPATH is the
cause.

Where no cause explains it, the same thing once more, with nothing of the learner's removed, tells a
machine that is broken from one that was busy: a verdict does not depend on the moment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain, takewhile

from envcheck import Diagnosis, Environment, unknown
from envcheck.model import Unknown
from envcheck_checks.diagnosis.failure import Cause, Failure, Retry
from envcheck_checks.diagnosis.installation import (
    find_damaged_package,
    find_disk_without_programs,
    find_incomplete_pywin32,
    find_missing_package,
    find_modified_package,
    find_package_too_old_for_windows,
    find_packages_that_do_not_fit,
    find_unfit_dependency,
    find_unreadable_package,
)
from envcheck_checks.diagnosis.left_behind import find_damaged_bytecode, find_left_over_folder
from envcheck_checks.diagnosis.machine import (
    find_dead_loopback,
    find_full_disk,
    find_low_limit,
    find_refused_file,
)
from envcheck_checks.diagnosis.settings import find_breaking_setting, find_breaking_variable
from envcheck_checks.interference.trials import Removed

Causes = tuple[Cause, ...]

MACHINE: Causes = (find_low_limit, find_dead_loopback, find_full_disk)
PERMISSIONS: Causes = (find_disk_without_programs, find_unreadable_package, find_refused_file)
ABSENT: Causes = (find_missing_package,)
SETTINGS: Causes = (find_breaking_setting,)
BYTECODE: Causes = (find_damaged_bytecode,)
DAMAGED: Causes = (find_damaged_package, *BYTECODE, find_left_over_folder)
INSTALLATION: Causes = (*DAMAGED, find_unfit_dependency)
JUPYTER_ON_WINDOWS: Causes = (find_incomplete_pywin32, find_package_too_old_for_windows)
# What only a trial or a guess can tell: any variable, a file that somebody may have changed with
# good reason, and versions that nobody declared not to fit.
OTHER_VARIABLES: Causes = (find_breaking_variable,)
LAST: Causes = (find_modified_package, find_packages_that_do_not_fit)

ORDER: Causes = (
    *MACHINE,
    *PERMISSIONS,
    *ABSENT,
    *SETTINGS,
    *INSTALLATION,
    *JUPYTER_ON_WINDOWS,
    *OTHER_VARIABLES,
    *LAST,
)


def first_cause(env: Environment, failure: Failure, *groups: Causes) -> Diagnosis | None:
    """The diagnosis of the first cause that explains the failure; those behind it are not asked.
    None: none does.
    """
    diagnoses = (cause(env, failure) for cause in chain.from_iterable(groups))
    return next((diagnosis for diagnosis in diagnoses if diagnosis is not None), None)


class _Remembering:
    """A trial that keeps what came of it with nothing removed, whichever cause asked."""

    def __init__(self, retry: Retry) -> None:
        self._works = retry.works
        self._in_full = retry.in_full
        self._again: list[bool | None] = []

    def __call__(self, removed: Sequence[Removed]) -> bool | None:
        answer = self._works(removed)
        if not removed:
            self._again.append(answer)
        return answer

    def works_now(self) -> bool:
        """Whether the same thing has worked since, or does when it is tried once more."""
        if not self._again:
            self([])
        return True in self._again and (self._in_full is None or self._in_full() is True)


def remembering(failure: Failure) -> Failure:
    """The same, whose trials keep what the last word needs to know."""
    retry = failure.retry
    if retry is None or isinstance(retry.works, _Remembering):
        return failure
    return replace(failure, retry=replace(retry, works=_Remembering(retry)))


def _works_now(failure: Failure) -> bool:
    works = failure.retry.works if failure.retry is not None else None
    return isinstance(works, _Remembering) and works.works_now()


def judge(
    env: Environment, failure: Failure, causes: Causes, unexplained: Callable[[], Diagnosis]
) -> Diagnosis | Unknown:
    """The diagnosis of the first cause, or what is said where there is none; unknown where it was
    given up while it was at work, or works now. What could only be guessed of is not asked then.
    """
    failure = remembering(failure)
    certain = tuple(takewhile(lambda cause: cause not in LAST, causes))
    diagnosis = first_cause(env, failure, certain)
    if diagnosis is not None:
        return diagnosis
    if failure.at_work:
        return unknown(f"{failure.what} in time, as on a slow or busy machine")
    if _works_now(failure):
        return unknown(f"it works now, and did not the first time: {failure.what}")
    return first_cause(env, failure, causes[len(certain) :]) or unexplained()
