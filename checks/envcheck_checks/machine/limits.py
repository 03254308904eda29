"""Limits of the terminal or the machine that the chapter cannot live with: memory, open files, the
size of a file, seconds, programs.
"""

from __future__ import annotations

import contextlib
import os
import sys

from envcheck import Diagnosis, Fix, fail
from envcheck.fixes.advice import tell, typed
from envcheck.processes.seen import processes, seen
from envcheck_checks.machine.codes import (
    FILE_SIZE_LIMIT_TOO_LOW,
    MEMORY_LIMIT_TOO_LOW,
    OPEN_FILES_LIMIT_TOO_LOW,
    PROCESSOR_TIME_LIMIT_TOO_LOW,
    PROGRAM_LIMIT_TOO_LOW,
)

# What a kernel with numpy and pandas maps, with room to work: address space, and data alone, which
# libraries and files are no part of.
MEMORY_MB = {"RLIMIT_AS": 1500, "RLIMIT_DATA": 300}
FILES = 64  # a kernel alone opens about 40
FILE_SIZE_MB = 20  # a notebook with some pictures, or a package that is unpacked
PROGRAMS = 60  # a server, a kernel and their threads
PROCESSOR_SECONDS = 60
FEW_PROGRAMS = 1500  # counting a person's threads takes time: done only below this
TERMINAL = "the limits of this terminal"


def diagnose() -> Diagnosis | None:
    """The first limit that is too small, by the numbers of this very process: what we start
    inherits them.
    """
    return _memory() or _open_files() or _file_size() or _processor() or _programs()


def _limit(name: str) -> int | None:
    """The soft limit; None where there is none."""
    if sys.platform == "win32":
        return None
    import resource

    soft = resource.getrlimit(getattr(resource, name))[0]
    return None if soft == resource.RLIM_INFINITY else soft


def _memory() -> Diagnosis | None:
    return next(filter(None, (_memory_of(name) for name in MEMORY_MB)), None)


def _memory_of(name: str) -> Diagnosis | None:
    memory, wanted = _limit(name), MEMORY_MB[name]
    if memory is None or memory >= wanted * 1_000_000:
        return None
    option = "-v" if name == "RLIMIT_AS" else "-d"
    return fail(
        MEMORY_LIMIT_TOO_LOW,
        "the limit on the memory of this terminal's programs is too low: numpy and pandas cannot be loaded (MemoryError)",
        _raise(f"ulimit {option} unlimited"),
        found=f"{memory // 1_000_000} MB of memory (ulimit {option}, {name})",
        wanted=f"{wanted} MB or no limit",
        looked_in=TERMINAL,
    )


def _open_files() -> Diagnosis | None:
    files = _limit("RLIMIT_NOFILE")
    if files is None or files >= FILES:
        return None
    return fail(
        OPEN_FILES_LIMIT_TOO_LOW,
        "the limit on the open files of this terminal's programs is too low: a kernel cannot start (Too many open files)",
        _raise("ulimit -n 1024"),
        found=f"{files} open files (ulimit -n)",
        wanted="1024",
        looked_in=TERMINAL,
    )


def _file_size() -> Diagnosis | None:
    size = _limit("RLIMIT_FSIZE")
    if size is None or size >= FILE_SIZE_MB * 1_000_000:
        return None
    return fail(
        FILE_SIZE_LIMIT_TOO_LOW,
        "the limit on the size of the files that this terminal's programs write is too low: notebooks cannot be saved (File too large)",
        _raise("ulimit -f unlimited"),
        found=f"files of at most {size / 1000:.0f} kB (ulimit -f)",
        wanted=f"{FILE_SIZE_MB} MB or no limit",
        looked_in=TERMINAL,
    )


def _processor() -> Diagnosis | None:
    seconds = _limit("RLIMIT_CPU")
    if seconds is None or seconds >= PROCESSOR_SECONDS:
        return None
    return fail(
        PROCESSOR_TIME_LIMIT_TOO_LOW,
        "the limit on the processor time of this terminal's programs is too low: kernels are ended in the middle of your work",
        _raise("ulimit -t unlimited"),
        found=f"{seconds} s for each program (ulimit -t)",
        wanted="no limit",
        looked_in=TERMINAL,
    )


def _programs() -> Diagnosis | None:
    if sys.platform == "win32":
        return None
    programs = _limit("RLIMIT_NPROC")
    if (
        programs is None or programs > FEW_PROGRAMS or os.geteuid() == 0
    ):  # root is held to no number
        return None
    running = _running()
    if programs - running >= PROGRAMS:
        return None
    return fail(
        PROGRAM_LIMIT_TOO_LOW,
        "the limit on the programs that you may run at once is nearly reached: a kernel cannot start (Resource temporarily unavailable)",
        tell(
            "end other programs",
            "End programs of yours that you do not need, log out and in again, or ask the administrator of this machine.",
        ),
        found=f"{running} of {programs} are running (ulimit -u)",
        wanted=f"room for {PROGRAMS} more",
        looked_in=TERMINAL,
    )


def _running() -> int:
    """What counts against the limit: each thread of each program of this user; on macOS each
    program (XNU's kern_fork.c, `chgproccnt`), where a desktop has far more threads than that. But
    for this run's own: they are gone when the learner starts theirs.
    """
    import psutil

    if sys.platform == "win32":
        return 0
    own, count = os.getuid(), 0
    started = seen(lambda: psutil.Process().children(recursive=True), [])
    ours = {os.getpid(), *(process.pid for process in started)}
    for process in processes():
        with contextlib.suppress(psutil.Error, OSError):
            if process.pid not in ours and process.uids().real == own:
                count += 1 if sys.platform == "darwin" else process.num_threads()
    return count


def _raise(line: str) -> Fix:
    return tell(
        "raise the limit",
        typed(
            line,
            then="Run envcheck again in the same terminal. "
            "If the line is refused, ask the administrator of this machine.",
        ),
    )
