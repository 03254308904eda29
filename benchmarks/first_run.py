#!/usr/bin/env python3
"""What the first run of run-envcheck.py takes, by pip and by uv: this checkout beside another commit of it.

    python benchmarks/first_run.py                      three rounds of this checkout
    python benchmarks/first_run.py --against 97d63d0    the same beside that commit, and the ratios
    python benchmarks/first_run.py --against 97d63d0 --rounds 5

A first run is `list` in an empty home: the environment is made, proved, and used. In a round all take their turn, in
another order each time, and a ratio is taken within a round. pip keeps no cache, as in a first run; uv has one that is
new each time. The packages come from this machine's index, so the net is measured too: its share is the same for both.
Beside the seconds stands the processor's time, which other programs hardly change.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
GOALS = {"pip": 9.0, "uv": 4.0}  # seconds, on two quiet cores
UV = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
BASE = Path(getattr(sys, "_base_executable", sys.executable)).resolve()

Round = dict[tuple[str, str], tuple[float, float]]  # by commit and way: seconds, the processor's


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--against", metavar="COMMIT")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-first-run-") as folder:
        place = Path(folder)
        commits = {"now": "HEAD"} | ({"before": asked.against} if asked.against else {})
        for name, commit in commits.items():
            _export(commit, place / name)
        turns = [(name, by) for by in GOALS for name in commits]
        rounds = [
            {turn: _first_run(place, *turn) for turn in turns[number:] + turns[:number]}
            for number in (one % len(turns) for one in range(asked.rounds))
        ]
    print(f"medians of {asked.rounds} rounds; load {os.getloadavg()[0]:.1f} at the end")
    for by, goal in GOALS.items():
        _tell(by, goal, rounds, compared=asked.against is not None)


def _export(commit: str, folder: Path) -> None:
    """The files of a commit, without its history: what is not committed is not measured."""
    folder.mkdir()
    archive = subprocess.run(
        ["git", "archive", commit], cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
    subprocess.run(["tar", "-x", "-C", str(folder)], input=archive.stdout, check=True)


def _first_run(place: Path, name: str, by: str) -> tuple[float, float]:
    """Seconds of a run in a home where nothing is, and the processor's."""
    home = Path(tempfile.mkdtemp(prefix="home-", dir=place))
    tools = home / "tools"
    tools.mkdir()
    if by == "uv":
        (tools / "uv").symlink_to(UV)
    kept = {
        key: value for key, value in os.environ.items() if key.startswith(("PIP_", "UV_", "SSL_"))
    }
    variables = {**kept, "HOME": str(home), "PATH": f"{tools}:/usr/bin:/bin", "LANG": "C.UTF-8"}
    begun, busy = time.perf_counter(), _busy()
    done = subprocess.run(
        [str(BASE), str(place / name / "run-envcheck.py"), "list"],
        env=variables,
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = (time.perf_counter() - begun, _busy() - busy)
    if done.returncode:
        raise SystemExit(f"{name}, by {by}: {done.returncode}\n{done.stderr}")
    shutil.rmtree(home)
    return seconds


def _busy() -> float:
    """The processor's time of all programs that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _tell(by: str, goal: float, rounds: list[Round], *, compared: bool) -> None:
    for place, what in enumerate(("passed", "of the processor")):
        now = sorted(one["now", by][place] for one in rounds)
        met = "met" if statistics.median(now) <= goal else "missed"
        verdict = f", goal <= {goal:.0f} s: {met}" if place == 0 else ""
        span = f"{now[0]:.1f} to {now[-1]:.1f}"
        print(f"by {by:3}  {statistics.median(now):5.1f} s {what} ({span}){verdict}")
        if compared:
            before = statistics.median(one["before", by][place] for one in rounds)
            ratios = sorted(one["now", by][place] / one["before", by][place] for one in rounds)
            span = f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
            print(
                f"        before {before:.1f} s; now : before {statistics.median(ratios):.2f} ({span})"
            )


if __name__ == "__main__":
    main()
