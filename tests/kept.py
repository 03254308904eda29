"""What is costly to make and the same for every test: made once, below the system's temporary
folder, and kept for later runs.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

DEAD_SECONDS = 900  # without a sign of life; it is given every ALIVE_SECONDS
ALIVE_SECONDS = 5
SHARED = "ENVCHECK_TEST_SHARED"  # set by scripts/test


def kept(name: str, make: Callable[[Path], None]) -> Path:
    """The folder of this name, which says all of what is in it; `make(folder)` fills it. One worker
    does, the others wait.
    """
    return once(Path(tempfile.gettempdir(), f"envcheck-tests-{getpass.getuser()}", name), make)


def for_this_run(name: str, base: Path, make: Callable[[Path], None]) -> Path:
    """The same for one run of the tests, whose workers have their temporary folders (`base`) beside
    each other. `scripts/test` starts pytest up to three times, and has a folder for all of them.
    """
    if given := os.environ.get(SHARED):
        return once(Path(given) / name, make)
    return once((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name, make)


def once(folder: Path, make: Callable[[Path], None]) -> Path:
    """This folder, made by whoever comes first."""
    with _alone(folder.parent / f"{folder.name}.lock"):
        if not (folder / "whole").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            # An environment cannot be moved: this file is what appears at once, when all the rest
            # is there.
            (folder / "whole").touch()
    return folder


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """A lock that a dead worker left is taken over; one who works keeps theirs young."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    while True:
        try:
            lock.mkdir()
            break
        except FileExistsError:
            with contextlib.suppress(FileNotFoundError):
                if time.time() - lock.stat().st_mtime > DEAD_SECONDS:
                    lock.rmdir()
            time.sleep(0.2)
    over = threading.Event()
    thread = threading.Thread(target=_stay_young, args=(lock, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        lock.rmdir()


def _stay_young(lock: Path, over: threading.Event) -> None:
    while not over.wait(ALIVE_SECONDS):
        os.utime(lock)
