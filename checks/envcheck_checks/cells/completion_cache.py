"""Where Jedi keeps what it has read, for the Tab key: where it may not write there, the key offers
nothing, and nothing says why.

The key is tried with a folder of envcheck's own, so that nothing new lies in the learner's home. Where
theirs cannot be written, nothing new would lie there either: then it is tried with theirs.
"""

from __future__ import annotations

import os
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, foreign_file, places, warn
from envcheck.fixes.backup import SUFFIX, move_aside
from envcheck.target.belongings import is_inside
from envcheck.target.home import home_of
from envcheck.target.interpreter import interpreter
from envcheck_checks.cells.codes import TAB_COMPLETES_NOTHING
from envcheck_checks.kernel.client import Kernel
from envcheck_checks.machine.blocked_path import describe, find_blocker
from envcheck_checks.machine.ownership import own_again, owner
from envcheck_checks.machine.write_access import existing, write_error

MARK = "envcheck keeps: "
OF_A_CLOSED_HOME = "jedi keeps what it reads in the home, which is closed to you as a whole"
MOST = 500  # files that are looked at
ASK = f"""
try:
    import jedi as _j
    print({MARK!r} + str(_j.settings.cache_directory))
    del _j
except Exception:
    pass
"""


def of_kernel(kernel: Kernel) -> Path | None:
    """The learner's own cache of Jedi in this kernel; None without Jedi."""
    told = [line for line in kernel.execute(ASK, 10).text.splitlines() if line.startswith(MARK)]
    if not told:
        return None
    return Path(os.path.realpath(told[-1].removeprefix(MARK)))


def is_blocked(folder: Path) -> bool:
    """Whether nothing can be written in it."""
    return bool(find_blocker(folder) or write_error(folder))


def lies_in_closed_home(env: Environment, folder: Path) -> bool:
    """Whether that is since nothing at all can be written in the home: a managed computer is made so
    on purpose. What cannot do without the home says so itself.
    """
    home = home_of(env.variables)
    return places.lies_in(folder, home) and write_error(home) is not None


def damaged(env: Environment, folder: Path) -> list[Diagnosis]:
    """Files that were cut or written over: parso raises for each, and the key then offers nothing of
    that module. Looked at, since it is tried with a folder of ours.
    """
    major, minor = interpreter(env).version_info[:2]
    names = foreign_file.matching(folder, f"*-{major}{minor}-*/*.pkl")
    files = [file for file in names if SUFFIX not in file.parent.name][:MOST]
    files = [file for file in files if not _is_whole(file)]
    if not files:
        return []
    return [
        warn(
            TAB_COMPLETES_NOTHING,
            f"the Tab key offers nothing of {len(files)} module{'s' * (len(files) > 1)}: what jedi, which looks the names up, keeps of them is damaged",
            Fix(
                "move that folder aside; jedi reads the modules anew",
                (move_aside(files[0].parent),),
            ),
            found=f"a pickle that does not end as one: {files[0].name}",
            wanted="files as jedi writes them, or none",
            looked_in=str(files[0].parent),
        )
    ]


def _is_whole(file: Path) -> bool:
    """Whether it begins and ends as a pickle does; what may not be read is another matter."""
    try:
        return foreign_file.head(file, 1) == b"\x80" and foreign_file.tail(file, 1) == b"."
    except OSError:
        return True


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
