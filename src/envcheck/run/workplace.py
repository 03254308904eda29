"""The learner's environment for one run: a scratch folder, the watchdog, and everything closed
again.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from envcheck.environment import Environment
from envcheck.errors import NoRoom
from envcheck.processes.process import Processes
from envcheck.processes.watchdog import Watchdog
from envcheck.run.request import Request


@contextlib.contextmanager
def environment(request: Request) -> Iterator[Environment]:
    """The learner's environment for one run; closed, with nothing left running or lying about,
    however the run ends.
    """
    watchdog = Watchdog(secrets.token_hex(16))
    processes = Processes(watchdog, time.monotonic() + request.timeout)
    scratch = _scratch_folder(watchdog)
    env = Environment(
        request.located,
        variables=request.variables,
        folder=request.folder,
        scratch=scratch,
        cache=_cache_folder(),
        processes=processes,
        options=request.options,
    )
    try:
        yield env
    finally:
        env.close()
        processes.close()
        shutil.rmtree(scratch, ignore_errors=True)
        watchdog.close()


def _scratch_folder(watchdog: Watchdog) -> Path:
    """A new folder under the system's temporary one, or in memory or elsewhere where that one is
    full. Where all are full, one without room: checks tell what a full disk is. Raises NoRoom.
    """
    cramped: list[Path] = []
    reasons = []
    for place in (None, "/dev/shm", "/var/tmp", _cache_folder()):
        try:
            folder = Path(tempfile.mkdtemp(prefix="envcheck-", dir=place))
        except OSError as error:
            reasons.append(f"{place or 'the temporary folder'}: {error.strerror}")
            continue
        watchdog.guard_folder(str(folder))
        if _has_room(folder):
            _remove(cramped)
            return folder
        cramped.append(folder)
    if not cramped:
        raise NoRoom(
            f"envcheck found no folder for its temporary files ({'; '.join(reasons)}). Free some space, or set TMPDIR"
        )
    _remove(cramped[1:])
    return cramped[0]


def _has_room(folder: Path) -> bool:
    room = folder / "room"
    try:
        room.write_bytes(b"\0" * 4_000_000)
    except OSError:
        return False
    finally:
        room.unlink(missing_ok=True)
    return True


def _remove(folders: Sequence[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def _cache_folder() -> Path | None:
    """A folder inside envcheck's own environment, never in the learner's home; None where that is
    not writable.
    """
    folder = Path(sys.prefix, "var", "envcheck")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None
