"""What the Tab key does in a cell: it offers names, or nothing at all."""

from __future__ import annotations

from envcheck import Diagnosis, Environment, warn
from envcheck.target.interpreter import interpreter
from envcheck_checks.cells.codes import TAB_COMPLETES_NOTHING
from envcheck_checks.installed import blame
from envcheck_checks.installed.blame import Blame
from envcheck_checks.kernel.client import Kernel

SECONDS = 20.0
CODE, OFFERED = "np.aran", "arange"
IMPORT = "import numpy as np"
MAKERS = ("ipython", "jedi", "parso")  # of what is offered


def warnings(env: Environment, kernel: Kernel) -> list[Diagnosis]:
    """Asked after numpy was imported as `np`."""
    kernel.execute(_caches_in(str(env.new_folder("jedi"))), 10)
    logged = len(kernel.running.stderr.text())
    try:
        matches = kernel.complete(CODE, SECONDS)
    except TimeoutError:  # slow, and nothing else is known of it
        return []
    if matches is not None and any(match.endswith(OFFERED) for match in matches):
        return []
    log = kernel.running.stderr.text()[logged:]
    python = interpreter(env)
    found = blame.blame(python, log) if blame.TRACEBACK in log else None
    installed = [name for name in MAKERS if name in python.installed]
    guilty = found or Blame("ipython")
    others = [name for name in ("ipykernel", *installed) if name not in (guilty.user, guilty.used)]
    words = f": {blame.in_words(python, found)}" if found and found.used else ""
    said = blame.error_of(log) or f"it offers {', '.join(matches or ()) or 'nothing'}"
    return [
        warn(
            TAB_COMPLETES_NOTHING,
            f"the Tab key completes nothing in a notebook{words}",
            *blame.fitting(env, guilty, others, sure=found is not None),
            found=said[:300],
            wanted=f"`{OFFERED}` after `{CODE}`",
            looked_in="a running kernel",
        )
    ]


def _caches_in(folder: str) -> str:
    """Jedi keeps what it has read in the home; in this kernel, in a folder of ours."""
    return f"try:\n    import jedi as _j\n    _j.settings.cache_directory = {folder!r}\n    del _j\nexcept Exception:\n    pass"
