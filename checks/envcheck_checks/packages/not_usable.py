"""The chapter's packages cannot be imported, or are too old: what stands behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from envcheck import Diagnosis, Environment, Outcome
from envcheck_checks.diagnosis import order
from envcheck_checks.diagnosis.failure import Failure, Retry
from envcheck_checks.diagnosis.installation import find_unfit_dependency
from envcheck_checks.diagnosis.machine import find_full_disk, find_low_limit
from envcheck_checks.installed import missing
from envcheck_checks.interference import removals, trials
from envcheck_checks.interference.trials import Removed, Trial, told_by
from envcheck_checks.packages import age, broken_import, own_causes
from envcheck_checks.packages.imports import Imports, import_all
from envcheck_checks.stack import Package, Stack

# These explain also why a package is an older one than it should be. Loopback is not asked: an
# import talks to nobody.
OF_ALL: order.Causes = (
    find_low_limit,
    find_full_disk,
    *order.PERMISSIONS,
    own_causes.find_hiding_file,
    own_causes.find_misleading_start_file,
)
# Not asked: what keeps Jupyter from starting on Windows.
OF_FAILED_IMPORTS: order.Causes = (
    find_unfit_dependency,
    own_causes.find_two_runtimes,
    *order.OTHER_VARIABLES,
    own_causes.find_absent_import,
    own_causes.find_other_numpy,
    *order.LAST,
)
CAUSES: order.Causes = (
    *OF_ALL,
    *order.ABSENT,
    *order.SETTINGS,
    *order.DAMAGED,
    *OF_FAILED_IMPORTS,
)


def diagnose(env: Environment, stack: Stack, tried: Imports) -> Outcome:
    """Why the packages cannot be used: one cause, and beside it what is too old, where the cause
    does not explain that.

    What their extras lack where all can be used; unknown where they can be used now, or it only took too long.
    """
    old = age.find_too_old(env, stack, tried)
    failed = [attempt.module for attempt in tried.failed] or [tried.died_in] * bool(tried.died_in)
    if not failed and not old:
        return missing.of_extras(env, stack)
    failure = order.remembering(_failure(env, stack, tried, failed, old))
    of_all = order.first_cause(env, failure, OF_ALL)
    absent = order.first_cause(env, failure, order.ABSENT) if failed and of_all is None else None
    if of_all is None and absent is None:
        of_all = order.first_cause(env, failure, order.SETTINGS)
    if of_all is not None:
        return (of_all,)
    cause = absent or order.first_cause(env, failure, order.DAMAGED)
    if cause is None and not age.explains(env, failure.distributions, old):
        outcome = order.judge(
            env, failure, OF_FAILED_IMPORTS, lambda: broken_import.diagnose(env, tried)
        )
        if not isinstance(outcome, Diagnosis):
            return outcome
        cause = outcome
    return (*([cause] if cause is not None else []), *missing.of_other_versions(env, old))


def _failure(
    env: Environment, stack: Stack, tried: Imports, failed: list[str], old: Mapping[Package, str]
) -> Failure:
    not_found = {attempt.missing.partition(".")[0] for attempt in tried.failed if attempt.missing}
    return Failure(
        _what(failed, old),
        f"{tried.failed[0].error}: {tried.failed[0].message}"
        if tried.failed
        else tried.finished.stderr,
        tuple(package.name for package in stack.packages if package.imported in failed),
        files=tried.failed[0].files if tried.failed else (),
        retry=Retry(_works(env, stack, failed, old), settings_of_imports, late=tried.finished.late),
        died=bool(tried.died_in) and not tried.finished.late,
        at_work=tried.finished.late,
        stack=stack,
        not_found=frozenset(not_found),
    )


def settings_of_imports(env: Environment) -> Sequence[Removed]:
    """The learner's settings that an import meets: matplotlib's file, and those of any program."""
    return [*removals.matplotlib(env), *trials.general(env)]


def _works(env: Environment, stack: Stack, failed: list[str], old: Mapping[Package, str]) -> Trial:
    modules = {package.imported: package for package in stack.packages}

    def works(removed: Sequence[Removed]) -> bool | None:
        again = import_all(env, stack, removed)
        bad = [module for module in again.modules if module.module in failed and module.error]
        still = [
            module
            for module in again.modules
            if modules[module.module] in old and not modules[module.module].allows(module.version)
        ]
        fine = not again.died_in and not bad and not still
        return told_by(again.finished, works=fine)

    return works


def _what(failed: list[str], old: Mapping[Package, str]) -> str:
    return (
        f"{failed[0].partition('.')[0]} cannot be imported"
        if failed
        else f"{next(iter(old)).name} is another version than the chapter's examples need"
    )
