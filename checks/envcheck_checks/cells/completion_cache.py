"""Where Jedi keeps what it has read, for the Tab key: where it may not write there, the key offers
nothing, and nothing says why.

The key is tried with a folder of envcheck's own, so that nothing new lies in the learner's home. Where
theirs cannot be written, nothing new would lie there either: then it is tried with theirs.
"""

from __future__ import annotations

import os
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, warn
from envcheck.fixes.backup import move_aside
from envcheck.target.belongings import is_inside
from envcheck_checks.cells.codes import TAB_COMPLETES_NOTHING
from envcheck_checks.kernel.client import Kernel
from envcheck_checks.machine.blocked_path import describe, find_blocker
from envcheck_checks.machine.ownership import own_again, owner
from envcheck_checks.machine.write_access import existing, write_error

MARK = "envcheck keeps: "
ASK = f"""
try:
    import jedi as _j
    print({MARK!r} + str(_j.settings.cache_directory))
    del _j
except Exception:
    pass
"""


def blocked_cache(kernel: Kernel) -> Path | None:
    """The learner's own cache of Jedi in this kernel, where nothing can be written in it; else None."""
    told = [line for line in kernel.execute(ASK, 10).text.splitlines() if line.startswith(MARK)]
    if not told:
        return None
    folder = Path(os.path.realpath(told[-1].removeprefix(MARK)))
    return folder if find_blocker(folder) or write_error(folder) else None


def diagnose(env: Environment, folder: Path, what: str, wanted: str) -> Diagnosis:
    """What keeps Jedi from writing there, the key having worked elsewhere."""
    blocker = find_blocker(folder)
    place = blocker or existing(folder)
    error = write_error(folder)
    reason = error.strerror if error is not None else "it could not be written to before"
    return warn(
        TAB_COMPLETES_NOTHING,
        f"{what}: jedi, which looks the names up, may not write into its own folder, {folder}",
        _fix(env, place) if blocker else own_again(env, place),
        found=describe(blocker) if blocker else f"{reason} ({owner(place)})",
        wanted=f"{wanted}, and a folder that you may write to",
        looked_in=str(place),
    )


def _fix(env: Environment, blocker: Path) -> Fix:
    if not is_inside(env, blocker):
        return own_again(env, blocker)
    return Fix("move it aside; a folder is made in its place", (move_aside(blocker),))
