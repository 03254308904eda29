"""Why a notebook's cell ended with an error: the causes that other checks know, else the error."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from envcheck import Diagnosis, Environment, Outcome, fail, unknown
from envcheck.fixes.advice import ask_teacher
from envcheck_checks.course_file.codes import NOTEBOOK_CELL_FAILS, NOTEBOOK_KERNEL_DIES
from envcheck_checks.course_file.notebooks.notebook_run import Ran
from envcheck_checks.diagnosis import order
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.installed.files import find_lost_file
from envcheck_checks.kernel.answers import End
from envcheck_checks.stack import Stack

CAUSES: Mapping[str, str] = {
    NOTEBOOK_CELL_FAILS: "a cell ends with an error",
    NOTEBOOK_KERNEL_DIES: "the kernel ends in the middle of a cell",
}
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
# What a cell raises where one before it was not run whole
LACKS = frozenset(["NameError", "ModuleNotFoundError", "FileNotFoundError"])
ABSENT = re.compile(r"No module named ['\"]([\w.]+)")


def diagnose(env: Environment, ran: Ran, stack: Stack, folder: Path) -> Outcome:
    """`folder` is the copy in which it ran: no path of it is shown."""
    back = ran.back
    assert back is not None
    name, value = back.error or ("", "")
    traceback = COLOURS.sub("", back.traceback).replace(str(folder), "")
    absent = ABSENT.search(value)
    output = f"{traceback}\n{name}: {value}"
    failure = Failure(
        f"cell {ran.failed} of {ran.name} ends with an error",
        output,
        tuple(package.name for package in stack.packages if _is_named(package.imported, output)),
        died=back.end is End.DIED,
        stack=stack,
        not_found=frozenset([absent[1]] if absent else ()),
    )
    return order.first_cause(env, failure, ASKED) or _unexplained(ran, f"{name}: {value}", folder)


def _is_named(module: str, output: str) -> bool:
    """Whether a module, or a file of it, is spoken of."""
    return (
        re.search(rf"(?<![\w.-]){re.escape(module.partition('.')[0])}(?![\w-])", output) is not None
    )


def find_file_that_cell_misses(env: Environment, failure: Failure) -> Diagnosis | None:
    """The error names a file that a package lists, and that is not there."""
    return find_lost_file(env, failure.output)


ASKED = (
    *order.MACHINE,
    *order.PERMISSIONS,
    *order.ABSENT,
    find_file_that_cell_misses,
    *order.INSTALLATION,
)


def _unexplained(ran: Ran, error: str, folder: Path) -> Outcome:
    died = ran.back is not None and ran.back.end is not End.REPLIED
    shown = error.replace(str(folder), "")[:400]
    what = "the kernel ended" if died else "it ends with an error"
    skipped = [f"cell {number} (`{text[:60]}`)" for number, text in (ran.installs or {}).items()]
    if skipped and not died and error.partition(":")[0] in LACKS:
        return unknown(
            f"{ran.name}, cell {ran.failed}: {shown}; it may need what was not run, since it installs: "
            f"{', '.join(skipped[:3])}"
        )
    if ran.left_out and error.partition(":")[0] in LACKS:
        return unknown(
            f"{ran.name}, cell {ran.failed}: {shown}; it may need what its copy has not, since a link leads "
            f"out of the course: {', '.join(ran.left_out[:3])}"
        )
    return fail(
        NOTEBOOK_KERNEL_DIES if died else NOTEBOOK_CELL_FAILS,
        f"{ran.name}, cell {ran.failed}: {what}",
        ask_teacher(),
        found=shown if not died else "it ended without a word",
        wanted="the cell ends without an error",
        looked_in=f"{ran.name}, cell {ran.failed}, in a copy of the course",
        note=f"not run, since they install: {', '.join(skipped[:3])}" if skipped else "",
    )
