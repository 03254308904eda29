"""Whether what a plain Python cannot import can be imported in a notebook."""

from __future__ import annotations

from envcheck import Environment
from envcheck_checks.kernel.answers import End
from envcheck_checks.kernel.client import Kernel
from envcheck_checks.kernel.shared import works_in_fresh_kernel
from envcheck_checks.stack import Stack

# Not a trial among many, but the one question on which the verdict hangs: a slow machine gets time
READY_SECONDS = 25.0


def are_imported_in_notebook(env: Environment, stack: Stack) -> bool | None:
    """Whether the same imports work in a kernel in the learner's folder: it has loaded most of the
    standard library before it looks there. None where it was not ready, or not done, in time.
    """
    cell = "import " + ", ".join(package.imported for package in stack.packages)

    def imported(fresh: Kernel) -> bool | None:
        done = fresh.execute(cell, 25)
        return done.error is None if done.end is End.REPLIED else done.proves(False)

    return works_in_fresh_kernel(env, (), imported, READY_SECONDS)
