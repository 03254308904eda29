"""Where the time of one run of envcheck goes: its checks, from its report, and its processes, as
seen from outside.
"""

from __future__ import annotations

import json
from pathlib import Path

from contenders import Contender, variables
from environments import Places
from measuring import Process, Watcher, measure

BAR = 40
SHORT = 0.02  # processor seconds below which a process is not worth a line


def draw(places: Places, contender: Contender, folder: Path) -> str:
    """Two pictures of a watched run, over the same seconds."""
    with Watcher() as watcher:
        sample = measure(contender.argv, variables(places), folder, contender.result)
    trouble = contender.trouble(sample, folder)
    if trouble:
        raise SystemExit(f"{contender.name}: {trouble}")
    report = json.loads((folder / "report.json").read_text())
    offset = sample.wall - report["seconds"]
    seen = sorted(
        (one for one in watcher.processes.values() if one.cpu >= SHORT), key=lambda one: one.begun
    )
    figures = f"{sample.wall:.2f} s wall, {sample.cpu:.2f} s processor, {sample.idle:.2f} s idle"
    lines = [
        f"{contender.what}: {figures} (watching slows it a little)",
        f"checks, by envcheck's own clock; outside of it {offset:.2f} s (its imports before, its clearing up after):",
        *[_check(check, sample.wall) for check in report["checks"] if check["seconds"]],
        "processes, by ours:",
        *[_process(one, sample.wall) for one in seen],
    ]
    return "\n".join(lines)


def _check(check: dict[str, object], wall: float) -> str:
    started, seconds = float(str(check.get("started", 0))), float(str(check["seconds"]))
    return f"{_bar(started, started + seconds, wall)}  {started:5.2f} +{seconds:5.2f} s            {check['id']}"


def _process(one: Process, wall: float) -> str:
    nice = f"nice {one.nice:>2}" if one.nice else "       "
    figures = f"{one.begun:5.2f} +{one.ended - one.begun:5.2f} s {one.cpu:5.2f} cpu {nice}"
    return f"{_bar(one.begun, one.ended, wall)}  {figures}  {_label(one.words)}"


def _bar(begun: float, ended: float, wall: float) -> str:
    left, right = int(BAR * begun / wall), max(int(BAR * ended / wall), int(BAR * begun / wall) + 1)
    return (
        " " * min(left, BAR - 1)
        + "#" * (min(right, BAR) - min(left, BAR - 1))
        + " " * (BAR - min(right, BAR))
    )


def _label(words: str) -> str:
    return " ".join(
        word.rpartition("/")[2] if word.startswith("/") else word for word in words.split()
    )[:100]
