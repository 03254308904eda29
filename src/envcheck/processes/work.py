"""Whether a program that gives no answer does something meanwhile: slow is not broken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from envcheck.processes.seen import below, seen

if TYPE_CHECKING:
    import psutil

PROCESSOR = 0.02  # of one: a program that waits for ever looks around now and then
READS = 16_384  # bytes a second: whoever waits reads a byte to wake up


@dataclass(frozen=True)
class Work:
    """What was done so far for a program and for what it started: seconds of the processor, bytes
    that it read. `waits_for_disk` is so at this moment; a disk on the network is one too.
    """

    processor: float
    read: int = 0
    waits_for_disk: bool = False

    def is_more_than(self, before: Work, seconds: float) -> bool:
        """Whether something was done in these seconds. What ended meanwhile takes its share away:
        a difference either way is work.
        """
        return (
            self.waits_for_disk
            or abs(self.processor - before.processor) > PROCESSOR * seconds
            or abs(self.read - before.read) > READS * seconds
        )


def work_of(pid: int) -> Work | None:
    """None where the system does not show it, as of a program that has ended."""
    import psutil

    top = seen(lambda: psutil.Process(pid), None)
    times = seen(top.cpu_times, None) if top else None
    if top is None or times is None:
        return None
    every = [top, *below(top)]
    used = [times, *filter(None, (seen(process.cpu_times, None) for process in every[1:]))]
    return Work(
        sum(share.user + share.system for share in used),
        sum(map(_read, every)),
        any(seen(process.status, "") == psutil.STATUS_DISK_SLEEP for process in every),
    )


def _read(process: psutil.Process) -> int:
    """From files and disks, those of the network too; nothing on macOS, which does not count it."""
    look = getattr(process, "io_counters", None)
    counts = seen(look, None) if look is not None else None
    return int(getattr(counts, "read_chars", getattr(counts, "read_bytes", 0)))
