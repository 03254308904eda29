"""The Tab key, pressed in a kernel; and the setting of the learner's without which it offers names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from envcheck import Diagnosis, Environment, Severity
from envcheck_checks.cells.codes import TAB_COMPLETES_NOTHING
from envcheck_checks.cells.failed_cell import find_start_file
from envcheck_checks.diagnosis.failure import Failure
from envcheck_checks.diagnosis.order import SETTINGS, first_cause
from envcheck_checks.interference.trials import Removed
from envcheck_checks.kernel.answers import End, Start
from envcheck_checks.kernel.client import Kernel
from envcheck_checks.kernel.retry import retry_kernel
from envcheck_checks.kernel.shared import works_in_fresh_kernel

SECONDS = 20.0
WHAT = "the Tab key completes nothing in a notebook"


@dataclass(frozen=True)
class Begun:
    """What is begun, and the name that the key must offer. `first` is the cell that makes it known."""

    code: str
    offered: str
    first: str

    def is_offered(self, matches: Sequence[str] | None) -> bool:
        """Whether the name is among what the key offers."""
        return any(match.endswith(self.offered) for match in matches or ())


# As a learner of numpy types it, where another cell has imported it; else what every Python has.
OF_NUMPY = Begun("np.aran", "arange", "import numpy as np")
OF_PYTHON = Begun("statistics.medi", "median", "import statistics")


def find_breaking_setting(env: Environment, begun: Begun, output: str) -> Diagnosis | None:
    """The start-up file, setting or variable without which a fresh kernel completes."""
    works = partial(_completes_without, env, begun)
    failure = Failure(WHAT, output, retry=retry_kernel(works, Start(End.REPLIED, 0.0), WHAT))
    cause = first_cause(env, failure, SETTINGS, (find_start_file,))
    return cause and replace(cause, code=TAB_COMPLETES_NOTHING, severity=Severity.WARNING)


def _completes_without(env: Environment, begun: Begun, changes: Sequence[Removed]) -> bool | None:
    def offers(kernel: Kernel) -> bool | None:
        kernel.execute(caches_in(str(env.new_folder("jedi"))), 10)
        kernel.execute(begun.first, 20)
        try:
            return begun.is_offered(kernel.complete(begun.code, SECONDS))
        except TimeoutError:
            return None

    return works_in_fresh_kernel(env, changes, offers)


def caches_in(folder: str) -> str:
    """A cell after which Jedi keeps what it has read in this folder of ours, and not in the home."""
    return f"try:\n    import jedi as _j\n    _j.settings.cache_directory = {folder!r}\n    del _j\nexcept Exception:\n    pass"
