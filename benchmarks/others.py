"""What others did on this machine while a benchmark ran."""

from __future__ import annotations

import contextlib
import resource
import time

import psutil
from comparing import QUIET
from measuring import CORES, machine_seconds


class Others:
    """Watches from when it is made."""

    def __init__(self) -> None:
        self._began, self._whole, self._ours = time.monotonic(), machine_seconds(), _ours()

    def said(self) -> str:
        """How much of the processors others had, and whether that is too much."""
        whole = machine_seconds() - self._whole
        if not whole:
            return "how busy others kept the machine is not known here"
        could = CORES * (time.monotonic() - self._began)
        share = max(0.0, whole - (_ours() - self._ours)) / could
        said = f"other programs had {share:.0%} of the {CORES} processors while this ran"
        return f"{said}: TOO BUSY, quote ratios alone" if share > QUIET else said


def _ours() -> float:
    """Processor seconds of this process and of all that it started."""
    own = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    total = sum(one.ru_utime + one.ru_stime for one in own)
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            total += sum(child.cpu_times()[:4])
    return total
