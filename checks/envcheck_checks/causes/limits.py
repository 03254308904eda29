"""Limits of the terminal or the machine that the chapter cannot live with: memory, open files."""

from __future__ import annotations

import sys

from envcheck import Diagnosis, fail
from envcheck.advice import tell

MEMORY_MB = 1500  # address space that a kernel with numpy and pandas maps, with room to work
FILES = 64  # a kernel alone opens about 40


def diagnose() -> Diagnosis | None:
    """The first limit that is too small, by the numbers of this very process: what we start inherits them."""
    if sys.platform == "win32":
        return None
    import resource

    memory = resource.getrlimit(resource.RLIMIT_AS)[0]
    if memory != resource.RLIM_INFINITY and memory < MEMORY_MB * 1_000_000:
        return fail(
            "memory-limit-too-low",
            "the limit on the memory of this terminal's programs is too low: numpy and pandas cannot be loaded (MemoryError)",
            tell("raise the limit", "Open a new terminal without the limit, or ask the administrator of this machine: ulimit -v unlimited"),
            found=f"{memory // 1_000_000} MB of memory (ulimit -v, RLIMIT_AS)",
            wanted=f"{MEMORY_MB} MB or no limit",
            looked_in="the limits of this terminal",
        )
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if files != resource.RLIM_INFINITY and files < FILES:
        return fail(
            "open-files-limit-too-low",
            "the limit on the open files of this terminal's programs is too low: a kernel cannot start (Too many open files)",
            tell("raise the limit", "Type this and start again: ulimit -n 1024. If it is refused, ask the administrator of this machine."),
            found=f"{files} open files (ulimit -n)",
            wanted="1024",
            looked_in="the limits of this terminal",
        )
    return None
