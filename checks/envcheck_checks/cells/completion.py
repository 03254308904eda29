"""What the Tab key does in a cell: it offers names, or nothing at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from envcheck import Diagnosis, Environment, warn
from envcheck.fixes.advice import tell, typed
from envcheck.target.interpreter import interpreter
from envcheck_checks.cells import completion_cache
from envcheck_checks.cells.codes import TAB_COMPLETES_NOTHING
from envcheck_checks.cells.tab_key import (
    OF_NUMPY,
    OF_PYTHON,
    SECONDS,
    WHAT,
    Begun,
    caches_in,
    find_breaking_setting,
)
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.diagnosis.installation import find_modified_package
from envcheck_checks.diagnosis.order import INSTALLATION, first_cause
from envcheck_checks.installed import blame
from envcheck_checks.installed.blame import Blame
from envcheck_checks.interference import raised_warnings
from envcheck_checks.interference.private_folders import private_folders
from envcheck_checks.kernel.client import Kernel

MAKERS = ("ipython", "jedi", "parso")  # of what is offered


@dataclass(frozen=True)
class Tab:
    """What the key does: nothing to tell where it completes. `words` go into what the check says
    where that is as the learner asked for it.
    """

    warnings: tuple[Diagnosis, ...] = ()
    words: str = ""


def begun_after(cells: Sequence[str]) -> Begun:
    """What the Tab key is tried on: numpy, where one of these cells has left it in the kernel as
    `np`.
    """
    return OF_NUMPY if any("import numpy as np" in cell for cell in cells) else OF_PYTHON


def press_tab(env: Environment, kernel: Kernel, begun: Begun = OF_PYTHON) -> Tab:
    """What the Tab key was seen to do. A kernel that gives no answer is interrupted: the next cell
    would wait for it.
    """
    cache = completion_cache.of_kernel(kernel)
    blocked = cache if cache and completion_cache.is_blocked(cache) else None
    kernel.execute(begun.first, 10)
    if blocked is not None and _works_elsewhere(env, kernel, begun):
        if completion_cache.lies_in_closed_home(env, blocked):
            return Tab(
                words=f"; the Tab key completes nothing: {completion_cache.OF_A_CLOSED_HOME}"
            )
        wanted = f"`{begun.offered}` after `{begun.code}`"
        return Tab((completion_cache.diagnose(env, blocked, WHAT, wanted),))
    kernel.execute(caches_in(str(env.new_folder("jedi"))), 10)
    logged = len(kernel.running.stderr.text())
    try:
        matches = kernel.complete(begun.code, SECONDS)
    except TimeoutError:
        kernel.interrupt()
        return Tab((_no_answer(env, begun),))
    if begun.is_offered(matches):
        return Tab(tuple(completion_cache.damaged(env, cache)) if cache else ())
    # A kernel whose completion raises gives no answer, and logs what was raised.
    log = kernel.running.settled_log(blame.TRACEBACK if matches is None else "")
    if raised_warnings.unset_filter(env.variables, blame.error_of(log[logged:])):
        return Tab(words=f"; the Tab key completes nothing: {raised_warnings.WHY}")
    return Tab((_diagnose(env, begun, matches, log[logged:]),))


def _works_elsewhere(env: Environment, kernel: Kernel, begun: Begun) -> bool:
    """Whether the key offers the name with a cache of ours, and not with theirs."""
    try:
        if begun.is_offered(kernel.complete(begun.code, SECONDS)):
            return False
        kernel.execute(caches_in(str(env.new_folder("jedi"))), 10)
        return begun.is_offered(kernel.complete(begun.code, SECONDS))
    except TimeoutError:  # it is asked once more, and that is told of
        kernel.interrupt()
        return False


def _diagnose(env: Environment, begun: Begun, matches: Sequence[str] | None, log: str) -> Diagnosis:
    """A setting of the learner's; what is damaged or asks for other versions; else two packages that
    do not fit, or one that is to blame alone.
    """
    output = blame.error_of(log) or f"it offers {', '.join(matches or ()) or 'nothing'}"
    if (setting := find_breaking_setting(env, begun, output)) is not None:
        return setting
    python = interpreter(env)
    misfit = blame.blame(python, log) if blame.TRACEBACK in log else None
    installed = [name for name in MAKERS if name in python.installed]
    failure = Failure(WHAT, log, tuple(installed))
    if misfit and (root := first_cause(env, failure, INSTALLATION, (find_modified_package,))):
        return _of_installation(begun, root, output)
    guilty = misfit or Blame("ipython")
    others = [name for name in ("ipykernel", *installed) if name not in (guilty.user, guilty.used)]
    words = f": {blame.in_words(python, misfit)}" if misfit and misfit.used else ""
    return warn(
        TAB_COMPLETES_NOTHING,
        f"{WHAT}{words}",
        *blame.fitting(env, guilty, others, sure=misfit is not None),
        found=output[:300],
        wanted=f"`{begun.offered}` after `{begun.code}`",
        looked_in="a running kernel",
    )


def _of_installation(begun: Begun, root: Diagnosis, output: str) -> Diagnosis:
    return warn(
        TAB_COMPLETES_NOTHING,
        root.summary if WHAT in root.summary else f"{WHAT}: {root.summary}",
        *root.fixes,
        found=root.evidence.found,
        wanted=f"`{begun.offered}` after `{begun.code}`",
        looked_in=root.evidence.looked_in,
        note=output[:200],
    )


def _no_answer(env: Environment, begun: Begun) -> Diagnosis:
    """Nothing is known of it but that: a page waits as long, and so does its next cell."""
    profile = private_folders(env).ipython / "profile_default" / "ipython_config.py"
    return warn(
        TAB_COMPLETES_NOTHING,
        f"the Tab key gave no answer in a notebook within {SECONDS:.0f} s",
        tell(
            "complete without Jedi, which looks into every module",
            typed(
                "c.Completer.use_jedi = False",
                f"Put this line into {profile}:",
                "Then restart the kernel.",
            ),
        ),
        found=f"no answer in {SECONDS:.0f} s",
        wanted=f"`{begun.offered}` after `{begun.code}`",
        looked_in="a running kernel",
    )
