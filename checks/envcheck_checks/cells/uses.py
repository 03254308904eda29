"""A package that can be imported is also used: in a line that a learner may type, whose answer is
known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from envcheck import Diagnosis, Environment, Outcome, fail
from envcheck.target.interpreter import interpreter
from envcheck_checks.cells import failed_cell
from envcheck_checks.cells.codes import PACKAGE_FAILS_IN_USE
from envcheck_checks.cells.snippet import Cell, works_again
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.diagnosis.order import judge
from envcheck_checks.installed import blame
from envcheck_checks.installed.blame import Blame
from envcheck_checks.kernel.answers import End, Execution
from envcheck_checks.kernel.client import Kernel
from envcheck_checks.stack import Package


@dataclass(frozen=True)
class Use:
    """A cell that does a little work with a package, and the line that it prints."""

    code: str
    answer: str
    timeout: float = 40.0

    def proved(self, done: Execution) -> bool:
        """Whether the cell came to its end and printed the line."""
        return done.end is End.REPLIED and done.error is None and done.printed(self.answer)


# By the name of the distribution. A picture is one of its own, since a learner's may still be open,
# and is closed again: what is proved is that it is drawn.
USES = {
    "numpy": Use("import numpy\nprint(int((numpy.arange(5) ** 2).sum()))", "30"),
    "pandas": Use(
        "import pandas\nprint(int(pandas.DataFrame({'a': [1, 1, 2], 'n': [3, 4, 5]}).groupby('a').n.sum().max()))",
        "7",
    ),
    "scipy": Use("from scipy import stats\nprint(float(stats.norm.cdf(0)))", "0.5"),
    "scikit-learn": Use(
        "from sklearn.linear_model import LinearRegression\n"
        "print(round(float(LinearRegression().fit([[0], [1]], [0, 2]).coef_[0])))",
        "2",
    ),
    "seaborn": Use(
        "import seaborn\nimport matplotlib.pyplot as plt\n"
        "axes = seaborn.lineplot(x=[1, 2, 3], y=[1, 4, 9], ax=plt.figure().add_subplot())\n"
        "print(len(axes.lines))\nplt.close(axes.figure)",
        "1",
    ),
}

FRAMES = (
    "import json as _j, sys as _s, traceback as _t\n"
    "print(_j.dumps([frame[0] for frame in _t.extract_tb(_s.last_traceback)]))"
)


def find_one_that_fails(
    env: Environment,
    kernel: Kernel,
    packages: Sequence[Package],
    red: list[str],
    before: Sequence[Cell],
) -> Outcome | None:
    """The first of these packages that cannot be used. What is shown in red goes to `red`; `before`
    are the cells that the kernel ran already.
    """
    cells = list(before)
    for package in packages:
        use = USES.get(package.name)
        if use is None:
            continue
        done = kernel.execute(use.code, use.timeout)
        red.append(done.red)
        if not use.proved(done):
            in_full = partial(works_again, env, use, use.proved, before=cells)
            return _diagnose(env, kernel, package.name, done, in_full)
        cells.append(use)
    return None


def _diagnose(
    env: Environment,
    kernel: Kernel,
    name: str,
    done: Execution,
    in_full: Callable[[], bool | None],
) -> Outcome:
    """A setting or a damaged file behind it; else the two packages that do not fit."""
    files = _frames(kernel) if done.error is not None else []
    what = f"{name} can be imported and not used"
    works = partial(works_again, env, USES[name], USES[name].proved)
    error = f"{done.error[0]}: {done.error[1]}" if done.error is not None else ""
    failure = Failure(
        what,
        error,
        (name,),
        retry=failed_cell.retry_cell(works, what, done, in_full),
        died=done.end is End.DIED,
        at_work=done.at_work,
    )
    blamed = blame.blame_frames(interpreter(env), files, error)
    if blamed is None:
        stderr = kernel.running.settled_log()
        return failed_cell.diagnose(env, name, done, stderr, works, (name,), in_full)
    return judge(env, failure, failed_cell.CAUSES, lambda: _misfit(env, what, error, blamed))


def _frames(kernel: Kernel) -> list[str]:
    """The files in which the last error of the kernel was raised, outermost first."""
    files = kernel.execute(FRAMES, 10).printed_object()
    return [str(file) for file in files] if isinstance(files, list) else []


def _misfit(env: Environment, what: str, error: str, blamed: Blame) -> Diagnosis:
    python = interpreter(env)
    return fail(
        PACKAGE_FAILS_IN_USE,
        f"{what}: {blame.in_words(python, blamed)}" if blamed.used else what,
        *blame.fitting(env, blamed),
        found=error[:300],
        wanted=f"a {blamed.user} that fits {blamed.used}"
        if blamed.used
        else f"a {blamed.user} that works",
        looked_in="a running kernel",
    )
