"""Databases for tests of a class with a server: SQLite, and a real PostgreSQL where it is here."""

from __future__ import annotations

import getpass
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest
from tests.pace import within

HIDDEN_BY_DEBIAN = "/usr/lib/postgresql/*/bin"
NOBODY = "nobody"  # PostgreSQL refuses to run as root
UNTIL_THEY_END = Path(__file__).with_name("until_they_end.py")


def programs() -> Path | None:
    """The folder with `initdb` and `pg_ctl`."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    folders = sorted(Path("/").glob(HIDDEN_BY_DEBIAN.lstrip("/")))
    return folders[-1] if folders else None


def _as_a_user(words: list[str | Path]) -> None:
    user = NOBODY if hasattr(os, "geteuid") and os.geteuid() == 0 else None
    done = subprocess.run(
        [*map(str, words)],
        user=user,
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C", "HOME": "/nonexistent"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        timeout=within(60),
    )
    assert done.returncode == 0, words


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A server of its own, on a socket in this folder alone, which is made and removed: its
    address. Skips where there is no PostgreSQL.
    """
    place = programs()
    if place is None:
        pytest.skip("there is no PostgreSQL server here")
    folder.mkdir(mode=0o700)
    user = getpass.getuser()
    if os.geteuid() == 0:
        shutil.chown(folder, NOBODY)
    data = folder / "data"
    _as_a_user([place / "initdb", "-D", data, "-U", user, "-A", "trust", "--no-sync", "-E", "UTF8"])
    stop = [*_control(place, folder), "-m", "immediate", "stop"]
    with _until_we_end(_start(place, folder), stop, folder):
        yield f"postgresql://{user}@/postgres?host={folder}"


@contextmanager
def away(address: str, how: str) -> Iterator[None]:
    """The server at this address is stopped (`fast`: it tells its clients; `immediate`: as in a
    crash), and started again at the end of the block.
    """
    place = programs()
    assert place is not None
    folder = Path(address.partition("?host=")[2])
    try:
        _as_a_user([*_control(place, folder), "-m", how, "stop"])
        yield
    finally:
        _as_a_user(_start(place, folder))


@contextmanager
def frozen(address: str) -> Iterator[None]:
    """The server at this address says nothing until the end of the block, and then goes on."""
    data = Path(address.partition("?host=")[2]) / "data"
    first = psutil.Process(int((data / "postmaster.pid").read_text().split()[0]))
    processes = [first, *first.children(recursive=True)]
    try:
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.suspend()
        yield
    finally:
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.resume()


def _control(place: Path, folder: Path) -> list[str | Path]:
    return [place / "pg_ctl", "-D", folder / "data", "-w"]


def _start(place: Path, folder: Path) -> list[str | Path]:
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c max_connections=60"
    return [*_control(place, folder), "-o", options, "-l", folder / "log", "start"]


@contextmanager
def _until_we_end(
    start: Sequence[str | Path], stop: Sequence[str | Path], folder: Path
) -> Iterator[None]:
    """A server that goes with these tests, also when they are killed."""
    asked = {
        "start": [*map(str, start)],
        "stop": [*map(str, stop)],
        "user": NOBODY if os.geteuid() == 0 else None,
        "folder": str(folder),
        "seconds": within(60),
    }
    with subprocess.Popen(
        [sys.executable, "-I", UNTIL_THEY_END, json.dumps(asked)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # who kills all of the tests' group does not kill it
    ) as guardian:
        assert guardian.stdin is not None and guardian.stdout is not None
        assert guardian.stdout.readline() == "0\n", start
        yield
        guardian.stdin.close()
        guardian.wait(within(60))
