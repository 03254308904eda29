"""How much disk and memory a course needs: whether this machine has it."""

from __future__ import annotations

from functools import partial
from math import ceil
from pathlib import Path

from envcheck import Check, Cost, Environment, Outcome, fail, ok, unknown
from envcheck.fixes.advice import tell
from envcheck.learners_system import system_of
from envcheck.processes.seen import available_mb, total_mb
from envcheck.target.allowance import allowance
from envcheck.target.interpreter import interpreter
from envcheck_checks.course_file.chapter_place import ChapterPlace
from envcheck_checks.course_file.codes import DISK_TOO_SMALL, MEMORY_TOO_SMALL
from envcheck_checks.course_file.key_page import page
from envcheck_checks.machine.disk import free_mb

# A machine that is sold with 8 GB shows a little less: graphics and firmware have their part.
ITS_OWN = 0.9
OF_CONTAINER = "the limits of this container (cgroup)"
OF_WSL = "WSL, to which Windows gives half of its memory unless .wslconfig says how much"


def disk_free(size: int, place: ChapterPlace, needs: tuple[Check, ...]) -> Check:
    """So many bytes are free where the course lies."""
    return Check(
        id="disk",
        title="Disk",
        examine=partial(_disk, size, place),
        needs=needs,
        timeout=15,
        proves=f"{spoken(size)} are free on the course's disk and on that of its packages",
        cost=Cost(0.1, 5),
        scope=place.scope,
        page=page(
            "The free disk of a course",
            f"The course needs {spoken(size)} of free disk, for its data and its packages.",
            "A download or an installation that finds no room ends half-way.",
            "The system is asked how much is free, for you, on the disk of the course's folder and on "
            "that of the Python environment.",
            "Linux, macOS: `df -h .`; Windows: This PC in the Explorer",
            {DISK_TOO_SMALL: "there is less"},
        ),
    )


def memory_there(size: int, place: ChapterPlace) -> Check:
    """The machine, or the container, has so many bytes of memory."""
    return Check(
        id="memory",
        title="Memory",
        examine=partial(_memory, size),
        timeout=15,
        proves=f"this machine has {spoken(size)} of memory",
        cost=Cost(0.1, 5),
        scope=place.scope,
        page=page(
            "The memory that a course needs",
            f"The course needs a machine with {spoken(size)} of memory.",
            "A kernel that finds no more memory is ended by the system, without a message.",
            "The memory of the machine is read, and the limit of a container around it. A tenth may "
            "be missing: graphics and firmware take their part before the system sees it.",
            "Linux: `free -h`; macOS: About This Mac; Windows: Task Manager, Performance",
            {MEMORY_TOO_SMALL: "it has less"},
        ),
    )


def spoken(size: float) -> str:
    """`5 GB`, `1.5 GB`, `500 MB`, `2 TB`: of bytes."""
    for unit, bytes_ in (("TB", 1e12), ("GB", 1e9)):
        if size >= bytes_:
            return f"{size / bytes_:.1f}".removesuffix(".0") + f" {unit}"
    return f"{size / 1e6:.0f} MB"


def _disk(size: int, place: ChapterPlace, env: Environment) -> Outcome:
    folders = {place.root, Path(interpreter(env).prefix)}
    try:
        free = {folder: free_mb(folder) * 1e6 for folder in folders}
    except OSError as error:
        return unknown(f"how much disk is free cannot be told: {error.strerror or error}")
    worst = min(free, key=lambda folder: free[folder])
    if free[worst] >= size:
        return ok(f"{spoken(free[worst])} free, {spoken(size)} needed")
    return fail(
        DISK_TOO_SMALL,
        "there is less free disk than the course needs",
        tell(
            "free some space", f"Free some space on the disk of {worst}, then run envcheck again."
        ),
        found=f"{spoken(free[worst])} free",
        wanted=f"{spoken(size)} free",
        looked_in=worst,
    )


def _memory(size: int, env: Environment) -> Outcome:
    machine, limit = total_mb(), allowance(env).memory_mb
    if machine is None and limit is None:
        return unknown("how much memory this machine has is not shown")
    amounts = [mb * 1e6 for mb in (machine, limit) if mb is not None]
    has, limited = min(amounts), limit is not None and (machine is None or limit < machine)
    if has >= size * ITS_OWN:
        now = available_mb()
        return ok(f"{spoken(has)}" + (f", {spoken(now * 1e6)} of it free now" if now else ""))
    where, step = _whose(env, size, limited=limited)
    return fail(
        MEMORY_TOO_SMALL,
        "there is less memory than the course needs",
        tell("get more memory", f"{step} Then run envcheck again."),
        found=spoken(has),
        wanted=spoken(size),
        looked_in=where,
    )


def _whose(env: Environment, size: int, *, limited: bool) -> tuple[str, str]:
    """Whose memory that is, and what gives more of it."""
    if limited:
        step = "Start the container with more memory, or ask who runs it for more."
        return OF_CONTAINER, step
    if system_of(env.variables) == "wsl":
        step = (
            f"If this computer has more, write in Windows, into %UserProfile%\\.wslconfig, the lines `[wsl2]` and "
            f"`memory={ceil(size / 1e9)}GB`, and type `wsl --shutdown` in PowerShell."
        )
        return OF_WSL, step
    step = "Use a machine with more memory, or ask your teacher for a smaller part of the data."
    return "this machine's memory", step
