"""The one order in which causes are asked. A check names the groups that it uses and puts its own
causes between them.

Whatever comes first would make what comes later fail too, or costs less to find out: what lies in
the machine is asked before what lies in its packages, a look at files before a trial. Settings
stand before the installation because they choose what is installed: on a machine whose PYTHONPATH
leads to another Python's packages, those packages are what does not fit, and PYTHONPATH is the
cause.
"""

from __future__ import annotations

from itertools import chain

from envcheck import Diagnosis, Environment
from envcheck_checks.diagnosis.failure import Cause, Failure
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
