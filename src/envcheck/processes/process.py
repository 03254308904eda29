"""The only place that starts programs: with a deadline, stdin closed, bounded output, and an end
for the whole tree.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import math
import subprocess  # noqa: TID251  # this is the home of the rule
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from envcheck.processes.apple_stubs import refuse_to_ask_for_tools
from envcheck.processes.null_device import no_input
from envcheck.processes.priority import SessionPriority, end_first, lower_priority
from envcheck.processes.reason import last_words
from envcheck.processes.running import Patience, Running
from envcheck.processes.visit import Visit, alone_in
from envcheck.processes.watchdog import MARK, NEW_GROUP, OWN_CONSOLE, Watchdog, kill_marked


class Ending(str, Enum):
    """How a program came to its end; FLOODED: stopped, for it printed more than can be kept."""

    EXITED = "exited"
    TIMED_OUT = "timed out"
    FLOODED = "printed without end"
    NOT_STARTED = "not started"


@dataclass(frozen=True)
class Finished:
    """A program that ended, or was ended. `code` is negative for a signal (POSIX), None when it
    never started.
    """

    argv: tuple[str, ...]
    ending: Ending
    code: int | None
    stdout: str
    stderr: str
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether it came to its own end, with exit code 0."""
        return self.ending is Ending.EXITED and self.code == 0

    @property
    def late(self) -> bool:
        """It was given up before its end: what it would have said is not known."""
        return self.ending is Ending.TIMED_OUT

    @property
    def last_words(self) -> str:
        """What it wrote to stderr, or to stdout, of why it ended so: evidence for a person."""
        return last_words(self.stdout, self.stderr)


def how_it_ended(code: int | None) -> str:
    """An exit code in words: `signal 9`, `exit code 1`."""
    if code is None:
        return "it did not end by itself"
    return f"signal {-code}" if code < 0 else f"exit code {code}"


class Processes:
    """Every program of one run. What still lives when the run ends is ended with it, by `close` or
    by the watchdog.

    `deadline`, on the monotonic clock, is the run's own: no program is waited for longer.
    """

    def __init__(self, watchdog: Watchdog, deadline: float = math.inf) -> None:
        self._deadline = deadline
        self._watchdog = watchdog
        self.begun = watchdog.begun
        self._count = itertools.count()
        self._live: set[Running] = set()
        self._visits: dict[str, Visit] = {}
        self._lock = threading.Lock()
        self._closed = False

    def run(
        self,
        argv: Sequence[str],
        *,
        env: Mapping[str, str],
        cwd: Path,
        timeout: float,
        low_priority: bool = False,
    ) -> Finished:
        """Run to the end, `timeout` seconds at most. With `low_priority` other programs of the run
        go first; for some seconds only, so that a busy machine does not starve it.
        """
        words, begun = tuple(argv), time.monotonic()
        try:
            running = self.start(words, env=env, cwd=cwd, low_priority=low_priority)
        except OSError as error:
            return Finished(
                words,
                Ending.NOT_STARTED,
                None,
                "",
                _why_not_started(error),
                time.monotonic() - begun,
            )
        priority = SessionPriority(running.pid) if low_priority else None
        patience = Patience(min(timeout, max(self._deadline - begun, 1.0)))
        ending = _follow(running, patience, priority)
        code = running.code
        running.collect()
        running.end()
        return Finished(
            words,
            ending,
            code,
            running.stdout.text(),
            running.stderr.text(),
            time.monotonic() - begun,
        )

    def start(
        self,
        argv: Sequence[str],
        *,
        env: Mapping[str, str],
        cwd: Path,
        low_priority: bool = False,
        handles: Sequence[int] = (),
    ) -> Running:
        """Start and go on; raises OSError when the program cannot be started. On Windows it inherits
        its three streams and `handles`, and no other handle of ours.
        """
        with self._lock:
            if self._closed:
                raise InterruptedError("the run is over")
        refuse_to_ask_for_tools(argv[0], env)
        mark = f"{self._watchdog.mark}.{next(self._count)}."
        popen = _opened(argv, {**env, MARK: mark}, cwd, handles)
        if popen.stdin is not None:
            popen.stdin.close()
        self._watchdog.guard(popen.pid)
        end_first(popen.pid)
        if low_priority:
            lower_priority(popen.pid)
        running = Running(popen, tuple(argv), self, mark)
        with self._lock:
            self._live.add(running)
            late = self._closed
        if late:
            running.end()
        return running

    def forget(self, running: Running) -> None:
        """Told by a program that has ended: it need not be ended with the run."""
        with self._lock:
            self._live.discard(running)
        self._watchdog.release(running.pid)

    @contextlib.contextmanager
    def visit(self, folder: str, word: str, makes: Sequence[str] = ()) -> Iterator[None]:
        """Meanwhile files with this word in their names may lie in the learner's folder, and folders
        that are made for them; afterwards it is as it was, however the run ends. Raises OSError where
        it cannot be looked at.
        """
        with alone_in(folder):
            visit = Visit.begin(folder, word, makes)
            with self._lock:
                if self._closed:
                    raise InterruptedError("the run is over")
                self._visits[word] = visit
            self._watchdog.guard_visit(word, visit.written)
            try:
                yield
            finally:
                self._leave(word)

    def _leave(self, word: str) -> None:
        """Where something is left, it is tried again when the run ends."""
        visit = self._visits.get(word)
        if visit is not None and visit.clear():
            self._watchdog.release_visit(word)
            self._visits.pop(word, None)

    def close(self) -> None:
        """End whatever still lives and let nothing new start."""
        with self._lock:
            self._closed = True
            live = list(self._live)
        for running in live:
            running.end()
        kill_marked(self._watchdog.mark, self.begun)
        for word in list(self._visits):
            self._leave(word)


def _follow(running: Running, patience: Patience, priority: SessionPriority | None) -> Ending:
    while not running.wait(min(0.25, patience.left)):
        if running.flooded:
            return Ending.FLOODED
        if patience.is_over:
            return Ending.TIMED_OUT
        if priority:
            priority.keep()
    return Ending.FLOODED if running.flooded else Ending.EXITED


def _handing_on(handles: Sequence[int]) -> Any:
    """What tells Windows which handles a program inherits. A number alone gives it nothing."""
    if sys.platform != "win32" or not handles:
        return None
    return subprocess.STARTUPINFO(lpAttributeList={"handle_list": list(handles)})


def _opened(
    argv: Sequence[str], env: Mapping[str, str], cwd: Path, handles: Sequence[int]
) -> subprocess.Popen[bytes]:
    """Raises OSError, also for words that no program can be given: with a zero byte or half a letter, or
    a variable whose name has a `=`. A kernel.json may have any.
    """
    try:
        return subprocess.Popen(
            list(argv),
            env=env,
            cwd=cwd,
            stdin=no_input(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=sys.platform != "win32",
            creationflags=NEW_GROUP | OWN_CONSOLE if sys.platform == "win32" else 0,
            startupinfo=_handing_on(handles),
        )
    except ValueError as error:
        raise OSError(errno.EINVAL, str(error)) from error


def _why_not_started(error: OSError) -> str:
    return f"{error.strerror or error} [{type(error).__name__}]"
