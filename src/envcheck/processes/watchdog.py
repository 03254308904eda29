"""A second process that outlives ours: a program that is killed cannot clean up, so the watchdog
does.

It holds the other end of a pipe. While we live we tell it which programs and folders are ours; when
the pipe closes, however we ended, it ends the programs and removes the folders. Run as a script,
this file is the watchdog.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess  # noqa: TID251  # the watchdog is started before, and lives after, everything in process.py
import sys
import threading
import time
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING

from envcheck.processes.null_device import no_input
from envcheck.processes.seen import below, born, processes, shows_processes
from envcheck.processes.tree import kill_group
from envcheck.removal import remove_tree

if TYPE_CHECKING:
    import psutil

NEW_GROUP = 0x200  # Windows: CREATE_NEW_PROCESS_GROUP, so that Ctrl-C reaches us alone
# Windows: CREATE_NO_WINDOW. A console of its own that nobody sees, as a session is elsewhere. Closing
# the learner's window ends all that is attached to it, which the watchdog must outlive; and a program
# that asks for a password reads the keyboard of its console, whatever its stdin is.
OWN_CONSOLE = 0x8000000
# Every program of a run carries this variable with the run's own random value
MARK = "ENVCHECK_RUN"
FOLLOWERS = 9  # somebody who ends that many wants no watchdog


class Watchdog:
    """Our end of the pipe. One that was ended by somebody is followed by another, which is told
    all that the first one knew. All calls are harmless when none can be started.
    """

    def __init__(self, mark: str) -> None:
        self.mark = mark
        self.begun = time.time()
        self._lock = threading.Lock()
        self._born: dict[int, float | None] = {}
        self._folders: set[str] = set()
        self._visits: dict[str, str] = {}
        self._popen: subprocess.Popen[bytes] | None = None
        self._start()
        with contextlib.suppress(RuntimeError):  # no room for one more thread: it is not followed
            threading.Thread(target=self._keep, daemon=True, name="watchdog").start()

    def guard(self, pid: int) -> None:
        """From now on this program is ended when we are gone."""
        self._born[pid] = born(pid)
        self._tell(f"pid {pid} {self._born[pid]}")

    def release(self, pid: int) -> None:
        """This program has ended."""
        self._born.pop(pid, None)
        self._tell(f"done {pid}")

    def guard_folder(self, folder: str) -> None:
        """From now on this folder is removed when we are gone."""
        self._folders.add(folder)
        self._tell(f"dir {folder}")

    def guard_visit(self, word: str, visit: str) -> None:
        """From now on what this visit brought is taken away when we are gone."""
        self._visits[word] = visit
        self._tell(f"visit {word} {visit}")

    def release_visit(self, word: str) -> None:
        """This visit is over."""
        self._visits.pop(word, None)
        self._tell(f"left {word}")

    def close(self, *, stay: bool = False) -> None:
        """The run cleaned up by itself: the watchdog ends at once. What is still there it tries
        to remove. With `stay` something of the run goes on in this process and may make its folder
        again: the watchdog then waits for the process's end.
        """
        clean = not self._visits and not any(map(os.path.lexists, self._folders))
        with self._lock:
            popen, self._popen = self._popen, None
        if popen is None or popen.stdin is None:
            return
        with contextlib.suppress(OSError):
            if stay:
                os.dup(
                    popen.stdin.fileno()
                )  # open until this process ends, and never closed before
            else:
                popen.stdin.write(b"bye\n" if clean else b"")
            popen.stdin.close()
        if not stay:
            with contextlib.suppress(subprocess.TimeoutExpired):
                popen.wait(5)

    def _start(self) -> None:
        quiet = None if no_input() == subprocess.PIPE else subprocess.DEVNULL
        with contextlib.suppress(OSError):
            self._popen = subprocess.Popen(
                [sys.executable, "-I", "-X", "utf8", __file__, self.mark, str(self.begun)],
                stdin=subprocess.PIPE,
                stdout=quiet,
                stderr=quiet,
                close_fds=True,
                start_new_session=sys.platform != "win32",
                creationflags=NEW_GROUP | OWN_CONSOLE if sys.platform == "win32" else 0,
            )

    def _keep(self) -> None:
        """Until the run is over, start another one for each that is ended."""
        for _ in range(FOLLOWERS):
            popen = self._popen
            if popen is None:
                return
            popen.wait()
            with self._lock:
                if self._popen is not popen:
                    return
                with contextlib.suppress(OSError):
                    popen.stdin.close()  # type: ignore[union-attr]  # it was given a pipe
                self._popen = None
                self._start()
            for line in self._orders():
                self._tell(line)

    def _orders(self) -> list[str]:
        """All that a watchdog must be told."""
        pids = [f"pid {pid} {since}" for pid, since in [*self._born.items()]]
        folders = [f"dir {folder}" for folder in list(self._folders)]
        visits = [f"visit {word} {address}" for word, address in [*self._visits.items()]]
        return [*pids, *folders, *visits]

    def _tell(self, line: str) -> None:
        with self._lock:
            if self._popen is None or self._popen.stdin is None:
                return
            with contextlib.suppress(OSError):  # it has been ended: the next one is told all
                self._popen.stdin.write(line.encode("utf-8", "surrogateescape") + b"\n")
                self._popen.stdin.flush()


def watch(mark: str, begun: float) -> None:
    """Read until the pipe closes, then end what is left. `begun` is the parent's start: we may have
    started much later.
    """
    if sys.platform != "win32":
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What is needed in the end: the environment that we came from may have gone by then.
    with contextlib.suppress(ImportError):
        import psutil  # noqa: F401

    pids: dict[int, str] = {}
    folders: set[str] = set()
    visits: dict[str, str] = {}
    for raw in sys.stdin.buffer:
        word, _, rest = raw.decode("utf-8", "surrogateescape").rstrip("\n").partition(" ")
        if word == "pid":
            pid, _, since = rest.partition(" ")
            pids[int(pid)] = since
        elif word == "done":
            pids.pop(int(rest), None)
        elif word == "dir":
            folders.add(rest)
        elif word == "visit":
            name, _, visits[name] = rest.partition(" ")
        elif word == "left":
            visits.pop(rest, None)
        elif word == "bye":
            return
    _end(mark, pids, begun, partial(_remove, folders, visits.values()))


def sweep(mark: str, since: float, pids: Mapping[int, str]) -> int:
    """Kill what the run started and what those started: by the mark they inherit, or by their pids,
    each with what `born` says of it as text: a process with a pid that was used again is not ours.

    `since` is the run's start in seconds of the epoch. Returns how many were found.
    """
    import psutil

    killed: dict[int, psutil.Process] = {}
    for process in processes():
        with contextlib.suppress(psutil.Error, OSError):
            if (
                process.pid != os.getpid()
                and process.create_time() >= since - 1
                and _is_ours(process, mark, pids)
            ):
                killed.update((member.pid, member) for member in [*below(process), process])
    for process in killed.values():
        with contextlib.suppress(psutil.Error):
            process.kill()
    return len(killed)


def kill_marked(mark: str, since: float) -> None:
    """Sweep until nothing is found: what starts while we look is met the next time. One second at
    most.
    """
    end = time.monotonic() + 1
    while sweep(mark, since, {}) and time.monotonic() < end:
        time.sleep(0.02)  # noqa: TID251  # nothing tells us when another process has gone


def _is_ours(process: psutil.Process, mark: str, pids: Mapping[int, str]) -> bool:
    import psutil

    if process.status() == psutil.STATUS_ZOMBIE:
        return False
    if process.pid in pids and pids[process.pid] == str(born(process.pid)):
        return True
    return process.environ().get(MARK, "").startswith(mark)


def _end(mark: str, pids: Mapping[int, str], since: float, remove: Callable[[], bool]) -> None:
    end = time.monotonic() + 4
    if not shows_processes():  # nothing can be looked for: what we were told of is all we know
        for pid in pids:
            kill_group(pid)
    while True:
        killed = sweep(mark, since, pids)
        if (remove() and not killed) or time.monotonic() > end:
            return
        time.sleep(0.05)  # noqa: TID251  # nothing tells us when another process has gone


def _remove(folders: Collection[str], visits: Collection[str]) -> bool:
    """Whether nothing of them is left."""
    for folder in folders:
        remove_tree(folder)
    cleared = True
    if visits:
        from envcheck.processes.visit import Visit

        cleared = all([Visit.read(visit).clear() for visit in visits])
    return cleared and not any(os.path.exists(folder) for folder in folders)


if __name__ == "__main__":
    watch(sys.argv[1], float(sys.argv[2]))
