"""Ends runs at random moments where the system's temporary places are ours alone, and says what is left
there. Started by tests/stories/test_killed.py in a mount namespace: COUNT SEED COMMAND.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

PLACES = ("/tmp", "/var/tmp", "/dev/shm")
ASKED: tuple[list[str], ...] = (
    [],
    ["--quick"],
    ["--deep"],
    ["--fix", "--yes"],
    ["--fix", "--yes", "--quick"],
)
SECONDS = 5.0  # in which all is gone, on a machine that is free


def main() -> None:
    count, command = int(sys.argv[1]), sys.argv[3]
    chance = random.Random(int(sys.argv[2]))
    limit = SECONDS * float(os.environ["ENVCHECK_STORY_SLOW"])
    usual = left("")
    for number in range(count):
        asked = chance.choice(ASKED)
        how = chance.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGINT, signal.SIGTERM))
        after = chance.uniform(0, chance.choice((2, 12, 30)))
        mark = f"ends-{os.getpid()}-{number}"
        end_one([command, "chapter2", *asked], mark, how, after)
        until = time.monotonic() + limit
        while left(mark) != usual and time.monotonic() < until:
            time.sleep(0.1)
        if left(mark) != usual:
            what = f"{' '.join(asked)} {how.name} after {after:.1f} s"
            raise SystemExit(f"{what}: {left(mark) - usual}")
        for record in Path().glob("envcheck-fix-*.json"):
            record.unlink()


def end_one(words: list[str], mark: str, how: signal.Signals, after: float) -> None:
    variables = {**os.environ, "ENVCHECK_STORY": mark}
    with subprocess.Popen(
        words,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as run:
        with contextlib.suppress(subprocess.TimeoutExpired):
            run.wait(after)
        run.send_signal(how)


def left(mark: str) -> set[str]:
    """Files in the system's temporary places, and programs that carry this mark."""
    files = {str(file) for place in PLACES for file in Path(place).iterdir()}
    if not mark:
        return files
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if f"ENVCHECK_STORY={mark}".encode() in (entry / "environ").read_bytes():
                files.add((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return files


if __name__ == "__main__":
    main()
