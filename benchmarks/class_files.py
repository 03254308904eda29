"""`envcheck class show` of a folder of reports."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from class_reports import SIZE, is_stuck, report
from class_servers import ENVCHECK

FILES = 1_000
TIMES = 3


def measure() -> list[tuple[str, ...]]:
    """A row as those of the rates."""
    with tempfile.TemporaryDirectory() as folder:
        for one in range(FILES):
            file = Path(folder, f"learner{one}.json")
            file.write_bytes(report(f"learner{one}", one, stuck=is_stuck(one)))
        took = [*_shown(folder)]
    return [
        (
            f"class show of {FILES} reports of {SIZE} bytes",
            f"{median(took):.2f} s",
            f"{min(took):.2f} to {max(took):.2f}",
            "<= 3 s",
            "yes" if median(took) <= 3 else "NO",
        )
    ]


def _shown(folder: str) -> Iterator[float]:
    for _ in range(TIMES):
        began = time.perf_counter()
        done = subprocess.run([*ENVCHECK, "show", folder], capture_output=True, check=False)
        yield time.perf_counter() - began
        assert done.returncode == 1, done.stderr  # somebody is stuck
