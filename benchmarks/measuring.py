"""One run of one program: its wall time, the processor time of all it started, when its first
result was there, its memory.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
LIMIT = 180.0  # seconds; no contender takes a tenth of it
PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Sample:
    """What one run cost. `others` is the processor time of everything else on the machine
    meanwhile.
    """

    code: int
    wall: float
    cpu: float
    first_byte: float | None
    first_result: float | None
    output: str
    others: float

    @property
    def idle(self) -> float:
        return max(CORES * self.wall - self.cpu, 0.0)


@dataclass
class _Listener:
    """Reads a program's output and notes when what came."""

    result: re.Pattern[str] | None
    first_byte: float | None = None
    first_result: float | None = None
    text: bytearray = field(default_factory=bytearray)

    def listen(self, descriptor: int, zero: float) -> None:
        while chunk := os.read(descriptor, 65_536):
            now = time.monotonic() - zero
            self.first_byte = self.first_byte or now
            self.text += chunk
            if (
                self.first_result is None
                and self.result is not None
                and self.result.search(self.text.decode("utf-8", "replace"))
            ):
                self.first_result = now


def adopt_orphans() -> None:
    """What a program leaves behind comes to us (Linux), so that its processor time is counted and
    it can be ended.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def measure(
    argv: Sequence[str], variables: Mapping[str, str], folder: Path, result: str | None = None
) -> Sample:
    """Run to the end in `folder`. `result` is a pattern: when it first matches, the first result is
    there.
    """
    listener = _Listener(re.compile(result, re.MULTILINE) if result else None)
    others, used, zero = machine_seconds(), _used(), time.monotonic()
    with (folder / "stderr").open("wb") as stderr:
        popen = subprocess.Popen(
            list(argv),
            env=dict(variables),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
        )
    assert popen.stdout is not None
    thread = threading.Thread(
        target=listener.listen, args=(popen.stdout.fileno(), zero), daemon=True
    )
    thread.start()
    timer = threading.Timer(LIMIT, popen.kill)
    timer.start()
    code = popen.wait()
    wall = time.monotonic() - zero
    timer.cancel()
    _collect_orphans()
    thread.join(5)
    popen.stdout.close()
    cpu = _used() - used
    return Sample(
        code=code,
        wall=wall,
        cpu=cpu,
        first_byte=listener.first_byte,
        first_result=listener.first_result,
        output=listener.text.decode("utf-8", "replace")
        + (folder / "stderr").read_text(errors="replace"),
        others=max(machine_seconds() - others - cpu, 0.0),
    )


def _used() -> float:
    """Processor seconds of all children that have ended, theirs included."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _collect_orphans() -> None:
    """Wait a moment for what is still ending; end what goes on."""
    deadline = time.monotonic() + 2
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, _ = os.waitpid(-1, os.WNOHANG)
            if pid == 0 and time.monotonic() > deadline:
                for orphan in _children(os.getpid()):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(orphan, signal.SIGKILL)
            if pid == 0:
                time.sleep(0.005)


def machine_seconds() -> float:
    """Processor seconds that the whole machine has worked; 0 where nothing tells."""
    try:
        first = Path("/proc/stat").read_text().partition("\n")[0]
    except OSError:
        return 0.0
    user, nice, system, _, _, irq, softirq, *_ = (int(word) for word in first.split()[1:])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


@dataclass
class Process:
    """A process that the watcher saw. Times in seconds since the watch began, memory in bytes."""

    pid: int
    words: str
    begun: float
    ended: float = 0.0
    cpu: float = 0.0
    nice: int = 0


class Watcher:
    """Looks at our descendants a hundred times a second (Linux). It disturbs: watch in runs that
    are not timed.
    """

    def __init__(self, every: float = 0.01) -> None:
        self.processes: dict[int, Process] = {}
        self.peak = 0
        self._every = every
        self._over = threading.Event()
        self._zero = time.monotonic()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Watcher:
        if sys.platform == "linux":
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _watch(self) -> None:
        looks = 0
        while not self._over.wait(self._every):
            now, alive = time.monotonic() - self._zero, _descendants(os.getpid())
            for pid in alive:
                with contextlib.suppress(OSError, ValueError, IndexError):
                    self._look(pid, now)
            looks += 1
            if looks % 10 == 0:
                self.peak = max(self.peak, sum(_memory(pid) for pid in alive))

    def _look(self, pid: int, now: float) -> None:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        if fields[0] == "Z":
            return
        one = self.processes.setdefault(pid, Process(pid, "", now))
        one.words = _words(pid) or one.words
        one.ended, one.nice = now, int(fields[16])
        one.cpu = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _children(pid: int) -> list[int]:
    found: list[int] = []
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            with contextlib.suppress(OSError):
                found += [int(word) for word in (thread / "children").read_text().split()]
    return found


def _descendants(pid: int) -> list[int]:
    return [one for child in _children(pid) for one in (child, *_descendants(child))]


def _words(pid: int) -> str:
    return (
        Path(f"/proc/{pid}/cmdline")
        .read_bytes()
        .replace(b"\0", b" ")
        .decode("utf-8", "replace")
        .strip()
    )


def _memory(pid: int) -> int:
    """Its share of the memory: a page that two processes have counts half for each."""
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
