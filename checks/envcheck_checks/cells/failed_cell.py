"""A cell that did not give what it should: the variable, the file or the package behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from envcheck import Diagnosis, Environment, Outcome, fail
from envcheck.fixes.advice import ask_teacher
from envcheck_checks.cells.codes import KERNEL_DIED_IN_CELL, KERNEL_NOT_INTERRUPTED, SNIPPET_FAILS
from envcheck_checks.diagnosis import order
from envcheck_checks.diagnosis.failure import Failure, Retry
from envcheck_checks.diagnosis.order import judge
from envcheck_checks.installed.files import find_lost_file
from envcheck_checks.interference.trials import Removed, SettingKind, Trial
from envcheck_checks.kernel.answers import End, Execution, Start
from envcheck_checks.kernel.retry import retry_kernel
from envcheck_checks.packages.openmp import find_two_runtimes
from envcheck_checks.python import start_files

# Where a cell gave neither a text nor an error.
NOTHING = {
    End.REPLIED: "the cell ended and showed nothing",
    End.DIED: "the kernel ended",
    End.SILENT: "no answer",
    End.FLOODED: "more output than a notebook can hold",
}


def diagnose(
    env: Environment,
    name: str,
    done: Execution,
    stderr: str,
    works: Trial,
    packages: Sequence[str] = (),
    in_full: Callable[[], bool | None] | None = None,
) -> Outcome:
    """Why this cell failed; when no cause is found, what came back instead.

    `works` runs it in a fresh kernel with settings removed, `in_full` with all cells that came
    before it; `packages` are those that it uses.
    """
    what = f"the {name} snippet does not give what it should"
    actual = _actual(done)
    failure = Failure(
        what,
        actual,
        ("ipykernel", *packages),
        retry=retry_cell(works, what, done, in_full),
        died=done.end is End.DIED,
        at_work=done.at_work,
    )
    return judge(env, failure, CAUSES, lambda: _unexplained(name, done, stderr, actual))


def retry_cell(
    works: Trial, what: str, done: Execution, in_full: Callable[[], bool | None] | None = None
) -> Retry:
    """How a cell that came back as `done` is tried again."""
    hangs = done.end is End.SILENT and not done.at_work
    return retry_kernel(works, Start(End.REPLIED, 0.0), what, late=hangs, in_full=in_full)


def find_file_that_cell_misses(env: Environment, failure: Failure) -> Diagnosis | None:
    """The error names a file that a package lists, and that is not there."""
    return find_lost_file(env, failure.output)


def find_start_file(env: Environment, failure: Failure) -> Diagnosis | None:
    """A file that Python runs as it starts sets a variable or changes a module for this cell."""
    retry = failure.retry
    if retry is None or failure.hung:
        return None

    def works(left_out: Sequence[str]) -> bool | None:
        files = [Removed(SettingKind.START_FILE, file) for file in left_out if file]
        return retry.works(files)

    return start_files.keeps_from_working(env, works, failure.what, failure.output, late=retry.late)


# Not asked: what is absent, which the check of the packages names, and that check explains this
# one; and what keeps Jupyter from starting on Windows, since the kernel runs.
CAUSES = (
    *order.MACHINE,
    *order.PERMISSIONS,
    *order.SETTINGS,
    find_two_runtimes,
    find_file_that_cell_misses,
    *order.INSTALLATION,
    find_start_file,
    *order.OTHER_VARIABLES,
    *order.LAST,
)


def _actual(done: Execution) -> str:
    """What came back from the cell, in words. Where its error was not shown, what was says why."""
    if done.error and (done.traceback or not done.red.strip()):
        return f"{done.error[0]}: {done.error[1]}"
    text = done.text[:200] or done.red.strip()[-200:]
    return text or f"{NOTHING[done.end]}, after {done.seconds:.0f} s"


def _unexplained(name: str, done: Execution, stderr: str, actual: str) -> Diagnosis:
    if done.end is End.DIED:
        return fail(
            KERNEL_DIED_IN_CELL,
            f"the kernel died while it ran the {name} snippet",
            ask_teacher(),
            found=stderr.strip()[-400:] or "it ended without a word",
            looked_in="a running kernel",
        )
    return fail(
        SNIPPET_FAILS,
        f"the {name} snippet ran in the kernel and did not give what it should",
        ask_teacher(),
        found=actual[:400],
        wanted=f"the {name} snippet's result",
        looked_in="a running kernel",
    )


def not_interrupted(env: Environment, done: Execution, works: Trial) -> Outcome:
    """The stop button does nothing in this kernel: the setting behind that, or only that it is so.
    `works` tries it in a fresh kernel with settings removed.
    """
    what = "a running cell cannot be stopped: the stop button has no effect"
    # A cell that goes on for ever is at work: only the same once more tells.
    failure = Failure(what, retry=retry_cell(works, what, replace(done, at_work=False)))
    return judge(env, failure, order.SETTINGS, lambda: _not_interrupted(done))


def _not_interrupted(done: Execution) -> Diagnosis:
    return fail(
        KERNEL_NOT_INTERRUPTED,
        "a running cell cannot be stopped: the stop button has no effect in this kernel",
        ask_teacher(),
        found=": ".join(done.error)
        if done.error
        else f"{NOTHING[done.end]}, after {done.seconds:.0f} s",
        wanted="KeyboardInterrupt",
        looked_in="a running kernel",
    )
