"""A program that goes on, such as a kernel or a server: read, waited for, interrupted, ended."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from typing import TYPE_CHECKING, Protocol

from envcheck.processes.output import Collector
from envcheck.processes.reason import last_words
from envcheck.processes.tree import has_group, kill_tree
from envcheck.processes.watchdog import kill_marked
from envcheck.processes.work import Work, work_of

if TYPE_CHECKING:
    from subprocess import Popen  # noqa: TID251  # only named

GRACE = 0.3  # seconds for a pipe to close after its program has ended
OUTPUT_LIMIT = 16_000_000  # bytes on one stream; a program that writes more is stopped
KEEP = 4_000_000  # bytes of a stream that are kept
QUIET = 0.3  # seconds without a line after which a log is taken to be complete
LOOK_SECONDS = 2.0  # for what a program does that gives no answer
BETWEEN = 0.5
# A clock that goes on by more between two looks was not waited by: the lid was closed, the container
# paused, envcheck itself stopped by Ctrl-Z. What had answered by then, or would in a moment, is heard.
MOST_PER_LOOK = 1.0
KEEPS_NUMBER = 1.0  # Linux counts through 32,768 of them at least (proc_sys_kernel(5), pid_max)
SETTLE = 3.0  # seconds that an expected line is waited for


class Owner(Protocol):
    """Who started it. `begun` is when it started anything at all, in seconds since 1970."""

    begun: float

    def forget(self, running: Running) -> None:
        """Told once it has ended."""


class Patience:
    """So many seconds, of which each look takes the time since the last one, and one second at most.
    For one thread, which looks several times a second.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._spent = 0.0
        self._looked = time.monotonic()

    @property
    def spent(self) -> float:
        """Seconds that were waited so far."""
        now = time.monotonic()
        self._spent += min(now - self._looked, MOST_PER_LOOK)
        self._looked = now
        return self._spent

    @property
    def left(self) -> float:
        """Seconds that are still to be waited; none where it is over."""
        return max(self._seconds - self.spent, 0.0)

    @property
    def is_over(self) -> bool:
        """Whether it was long enough."""
        return self.left <= 0.0


class Running:
    """A program that goes on: a kernel or a server. `end()` ends it and all it has started."""

    def __init__(self, popen: Popen[bytes], argv: tuple[str, ...], owner: Owner, mark: str) -> None:
        assert popen.stdout is not None
        assert popen.stderr is not None
        self.pid = popen.pid
        self.argv = argv
        self.mark = mark
        self.started = time.monotonic()
        self._popen = popen
        self._owner = owner
        self._over: float | None = None  # when it was first seen to have ended
        self.stdout = Collector(popen.stdout, KEEP)
        self.stderr = Collector(popen.stderr, KEEP)

    @property
    def code(self) -> int | None:
        """The exit code, or None while it runs."""
        return self._poll()

    def _poll(self) -> int | None:
        code = self._popen.poll()
        if code is not None and self._over is None:
            self._over = time.monotonic()
        return code

    def _has_its_number(self) -> bool:
        """Whether its process number is still its own, and that of its group: once a program has been
        waited for, the system gives its number to another, after all others.
        """
        return self._over is None or time.monotonic() - self._over < KEEPS_NUMBER

    @property
    def flooded(self) -> bool:
        """Whether it has printed more than OUTPUT_LIMIT on one of its streams."""
        return max(self.stdout.total, self.stderr.total) > OUTPUT_LIMIT

    @property
    def work(self) -> Work | None:
        """What has been done for it and for what it started; None where that cannot be seen."""
        return work_of(self.pid)

    def is_at_work(self, seconds: float = LOOK_SECONDS) -> bool:
        """Looked at for so long: whether something is done for it, as far as can be seen. Nothing is
        for one that has ended; of one that cannot be looked at nobody knows.
        """
        begun, before = time.monotonic(), self.work
        while (past := time.monotonic() - begun) < seconds and not self.wait(BETWEEN):
            now = self.work
            if before is None or now is None or now.is_more_than(before, max(past, seconds)):
                return self.code is None
        return False

    @property
    def last_words(self) -> str:
        """The last lines that it has written so far, as those of `Finished`."""
        return last_words(self.stdout.text(), self.settled_log())

    def settled_log(self, expected: str = "") -> str:
        """What it has written on stderr, once it is quiet. An answer comes by a socket and may
        overtake the line on stderr that says why; a line that is certain to come is `expected`.
        """
        self.stderr.settle(expected, QUIET, SETTLE)
        return self.stderr.text()

    def wait(self, timeout: float) -> bool:
        """Wait for its end; False when it still runs after `timeout` seconds."""
        from subprocess import TimeoutExpired  # noqa: TID251  # nothing is started here

        with contextlib.suppress(TimeoutExpired):
            self._popen.wait(max(timeout, 0.001))
        return self._poll() is not None

    def interrupt(self) -> None:
        """What pressing the stop button sends to a kernel started by signal: to its whole group, so
        that one behind a wrapper script is met too. Nothing on Windows, which has no such signal:
        who is to be interrupted there is handed an event.
        """
        if sys.platform != "win32":
            with contextlib.suppress(OSError):
                os.killpg(self.pid, signal.SIGINT)

    def collect(self) -> bool:
        """Read what is still in the pipes; False when something outside the tree keeps
        them open.
        """
        deadline = time.monotonic() + GRACE
        return all(
            [
                collector.finish(max(deadline - time.monotonic(), 0))
                for collector in (self.stdout, self.stderr)
            ]
        )

    def end(self) -> None:
        """Kill the whole tree and collect it, with what left the tree and still holds the pipes.
        May be called twice.
        """
        own = self._has_its_number()
        if own:
            kill_tree(self.pid, self._popen)
            self._poll()
        if not self.collect() or (not own and has_group(self.pid)):
            kill_marked(self.mark, self._owner.begun)
        self._owner.forget(self)
