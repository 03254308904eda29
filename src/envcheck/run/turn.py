"""A run's turn: where many are started at once, as on a server of a class, a few go on at a time.

All at once they are so slow that their kernels and servers meet deadlines, and nobody can tell
anything. The system takes the lock of a process that ends away, however it ends: a run that was
killed holds nobody up.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

ONE_MORE = 1  # than there are processors: who waits for a kernel leaves its own to another
PATIENCE = 600.0  # seconds; who has waited so long goes on all the same
LOOK_AGAIN = 0.2
HELD_BY_ANOTHER = (errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)


@contextlib.contextmanager
def turn(folder: Path | None, waiting: Callable[[], object]) -> Iterator[None]:
    """Wait until no more runs of this envcheck go on than there are processors. `folder` holds the
    locks; without one nobody waits. `waiting` is called once, where somebody else is first.
    """
    places = [folder / f"turn-{number}.lock" for number in range(_at_once())] if folder else []
    end = time.monotonic() + PATIENCE
    told = False
    while True:
        held = _one_of(places)
        if held is not None or not places or time.monotonic() > end:
            break
        if not told:
            told = True
            waiting()
        time.sleep(LOOK_AGAIN)  # noqa: TID251  # nothing tells us when another process has gone
    with held or contextlib.nullcontext():
        yield


def _at_once() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0)) + ONE_MORE
    return (os.cpu_count() or 1) + ONE_MORE


def _one_of(places: list[Path]) -> IO[bytes] | None:
    """The first lock that is free, held from now on until it is closed; None where none is. What
    cannot be locked at all, as on some network disks, is taken out of `places`.
    """
    for place in list(places):
        file = None
        try:
            file = place.open("ab")
            lock(file)
        except OSError as error:
            if file is not None:
                file.close()
            if file is None or error.errno not in HELD_BY_ANOTHER:
                places.remove(place)
        else:
            return file
    return None


def lock(file: IO[bytes]) -> None:
    """Hold this file until it is closed. Raises OSError where another process does."""
    if sys.platform == "win32":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
