"""What is costly to make and the same for every test: made once, below the system's temporary
folder, and kept for later runs.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

DEAD_SECONDS = 900  # without a sign of life; it is given every ALIVE_SECONDS
ALIVE_SECONDS = 5
UNUSED_SECONDS = 3 * 86_400
OF_A_DAY = re.compile(r"(.+-)?healthy-[0-9a-f]{12}")
SHARED = "ENVCHECK_TEST_SHARED"  # set by scripts/test


def kept(name: str, make: Callable[[Path], None]) -> Path:
    """The folder of this name, which says all of what is in it; `make(folder)` fills it. One worker
    does, the others wait. A new one takes the place of those that nobody uses any more.
    """
    folder = Path(tempfile.gettempdir(), f"envcheck-tests-{getpass.getuser()}", name)
    is_new = not (folder / "whole").exists()
    folder.parent.mkdir(parents=True, exist_ok=True)
    _used(
        folder
    ).touch()  # first of all: nobody else removes it then; and beside it, for what is in it is compared
    once(folder, make)
    if is_new:
        remove_old(folder.parent)
    return folder


def remove_old(root: Path) -> None:
    """Remove healthy environments, and what was made of them, that nobody used for three days: each is of
    another day's packages.
    """
    for folder in root.iterdir():
        if OF_A_DAY.fullmatch(folder.name) and _is_old(folder):
            with _alone(_lock(folder)):
                if _is_old(folder):
                    (folder / "whole").unlink(missing_ok=True)
                    shutil.rmtree(folder, ignore_errors=True)
                    _used(folder).unlink(missing_ok=True)


def _is_old(folder: Path) -> bool:
    signs = []
    for file in (folder / "whole", _used(folder)):
        with contextlib.suppress(FileNotFoundError):  # or gone meanwhile
            signs.append(file.stat().st_mtime)
    return bool(signs) and time.time() - max(signs) > UNUSED_SECONDS


def _used(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.used")


def _lock(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.lock")


def for_this_run(name: str, base: Path, make: Callable[[Path], None]) -> Path:
    """The same for one run of the tests, whose workers have their temporary folders (`base`) beside
    each other. `scripts/test` starts pytest up to three times, and has a folder for all of them.
    """
    if given := os.environ.get(SHARED):
        return once(Path(given) / name, make)
    return once((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name, make)


def once(folder: Path, make: Callable[[Path], None]) -> Path:
    """This folder, made by whoever comes first."""
    with _alone(_lock(folder)):
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
            with contextlib.suppress(OSError):
                _remove_dead(lock)
            time.sleep(0.2)
    over = threading.Event()
    thread = threading.Thread(target=_stay_young, args=(lock, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        with contextlib.suppress(FileNotFoundError):  # this worker was stopped, and taken for dead
            lock.rmdir()


def _remove_dead(lock: Path) -> None:
    """One worker at a time looks and removes: what another saw dead may have a new owner by then."""
    if not _is_dead(lock):
        return
    removing = lock.with_name(f"{lock.name}.removing")
    if removing.exists() and _is_dead(removing):
        removing.rmdir()
    removing.mkdir()
    try:
        if _is_dead(lock):
            lock.rmdir()
    finally:
        removing.rmdir()


def _is_dead(lock: Path) -> bool:
    return time.time() - lock.stat().st_mtime > DEAD_SECONDS


def _stay_young(lock: Path, over: threading.Event) -> None:
    while not over.wait(ALIVE_SECONDS):
        with contextlib.suppress(FileNotFoundError):
            os.utime(lock)
