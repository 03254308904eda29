"""Whether what a plain Python cannot import can be imported in a notebook."""

from __future__ import annotations

from envcheck import Environment
from envcheck_checks.kernel.answers import End
from envcheck_checks.kernel.client import Kernel
from envcheck_checks.kernel.shared import in_fresh_kernel
from envcheck_checks.stack import Stack


def imported_in_notebook(env: Environment, stack: Stack) -> bool:
    """Whether the same imports work in a kernel in the learner's folder: it has loaded most of the
    standard library before it looks there.
    """
    cell = "import " + ", ".join(package.imported for package in stack.packages)

    def imported(fresh: Kernel) -> bool:
        done = fresh.execute(cell, 60)
        return done.end is End.REPLIED and done.error is None

    return bool(in_fresh_kernel(env, (), imported))
