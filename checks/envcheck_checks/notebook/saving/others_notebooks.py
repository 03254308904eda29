"""Notebooks in the learner's folder, or the checkpoints of them, that belong to another user: a new
notebook is saved beside them, and they are not.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from envcheck import Diagnosis, Environment, Fix, warn
from envcheck.fixes.advice import tell, typed
from envcheck_checks.machine.ownership import Whose, owner, whose
from envcheck_checks.notebook.codes import NOTEBOOK_OF_ANOTHER_USER
from envcheck_checks.notebook.saving.save import CHECKPOINTS

SHOWN = 3


def warnings(env: Environment) -> list[Diagnosis]:
    """Where the learner's own file is read-only, somebody may have meant it so: nothing is said."""
    files = [*_closed(env.folder), *_closed(env.folder / CHECKPOINTS)]
    if not files:
        return []
    names = ", ".join(file.name for file in files[:SHOWN])
    more = f" and {len(files) - SHOWN} more" if len(files) > SHOWN else ""
    return [
        warn(
            NOTEBOOK_OF_ANOTHER_USER,
            f"what you change in these notebooks cannot be saved, since they belong to another user: {names}{more}",
            _own_again(files),
            found=owner(files[0]),
            wanted="notebooks that you own and may write to",
            looked_in=str(files[0]),
            note="this happens after one `sudo jupyter notebook`" if _made_by_root(files) else "",
        )
    ]


def _own_again(files: Sequence[Path]) -> Fix:
    """What another person has written is theirs: nobody takes it away from them."""
    copies = "copy them, under new names, and work with the copies."
    if not _made_by_root(files):
        return tell("work with copies", copies.capitalize())
    line = f'sudo chown "$USER" {" ".join(shlex.quote(str(file)) for file in files)}'
    return tell("make them your own again", typed(line), f"Or {copies}")


def _made_by_root(files: Sequence[Path]) -> bool:
    return all(whose(file) is Whose.ADMINISTRATORS for file in files)


def _closed(folder: Path) -> list[Path]:
    """In the order of their names."""
    return sorted(file for file in notebooks(folder) if _is_of_another(file))


def notebooks(folder: Path) -> Iterator[Path]:
    """Those of this folder, in no order; none where it cannot be looked into."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".ipynb"):
                yield folder / entry.name


def _is_of_another(file: Path) -> bool:
    with contextlib.suppress(OSError):
        return (
            sys.platform != "win32"
            and file.stat().st_uid != os.geteuid()
            and not os.access(file, os.W_OK)
        )
    return False
