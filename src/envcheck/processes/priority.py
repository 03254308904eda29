"""Programs that give way to the others of a run.

On two cores the longest chain, Jupyter's server, should not wait for the short ones. A nice value
alone does not do it on Linux: it counts only inside one session (sched(7), "The autogroup
feature"), and every program of ours has its own.
"""

from __future__ import annotations

import contextlib
import sys
import time
from pathlib import Path

BELOW_NORMAL = 0x4000  # Windows: BELOW_NORMAL_PRIORITY_CLASS
NICE = 5
SESSION_NICE = 19
END_FIRST = "1000"  # the most: before everything that runs as usual
# On a machine that is busy with something else the last in line gets almost nothing: it is not to
# meet its own deadline for that.
SECONDS = 4.0


def lower_priority(pid: int) -> None:
    """Let other programs of the same session go first."""
    import psutil

    with contextlib.suppress(psutil.Error, OSError):
        psutil.Process(pid).nice(BELOW_NORMAL if sys.platform == "win32" else NICE)


def end_first(pid: int) -> None:
    """Where memory runs out, Linux is to end this program and what it starts, not envcheck, which
    would then say nothing, nor the learner's own programs.
    """
    with contextlib.suppress(OSError):
        Path(f"/proc/{pid}/oom_score_adj").write_text(END_FIRST, encoding="ascii")


class SessionPriority:
    """That of a program's session: lowered for its first seconds, while `keep` is called now and
    then. Linux refuses a change that comes within a tenth of a second of another one, so that
    `keep` tries again.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._until = time.monotonic() + SECONDS
        self._nice = 0
        self.keep()

    def keep(self) -> None:
        """Bring the session to what it should be by now."""
        wanted = SESSION_NICE if time.monotonic() < self._until else 0
        if wanted != self._nice and _set_nice(self._pid, wanted):
            self._nice = wanted


def _set_nice(session: int, nice: int) -> bool:
    """Whether it was set. A system without autogroups has no such file, and nothing to set."""
    try:
        with Path(f"/proc/{session}/autogroup").open("w", encoding="ascii") as file:
            file.write(str(nice))
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
