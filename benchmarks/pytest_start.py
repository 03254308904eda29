#!/usr/bin/env python3
"""What the pytest plug-in costs those who do not ask for it: pytest's start with and without it.

    python benchmarks/pytest_start.py                 thirty pairs; the ratio and its goal
    python benchmarks/pytest_start.py --pairs 100

Two environments that differ in the plug-in's wheel alone, each with bytecode. pytest runs one test that does
nothing. The two take turns in going first, and the ratio is taken within a pair, of processor time: that of
the clock measures other programs too, where there are any.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
GOAL = 1.02


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pairs", type=int, default=30, metavar="N")
    pairs = parser.parse_args().pairs
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        place = Path(folder)
        without = _environment(place / "without")
        with_it = _environment(place / "with", str(ROOT / "pytest-plugin"))
        (place / "test_nothing.py").write_text("def test_nothing():\n    pass\n")
        measured = [_pair(place, without, with_it, number) for number in range(-1, pairs)][1:]
    plain, plugin = (statistics.median(column) for column in zip(*measured, strict=True))
    print(f"without {plain:.3f} s, with {plugin:.3f} s of the processor; medians of {pairs} pairs")
    ratios = sorted(plugin / plain for plain, plugin in measured)
    ratio = statistics.median(ratios)
    half = (
        f"half of the pairs lie between {ratios[pairs // 4]:.3f} and {ratios[3 * pairs // 4]:.3f}"
    )
    print(
        f"with : without  {ratio:.3f}, goal <= {GOAL}: {'met' if ratio <= GOAL else 'missed'}; {half}"
    )


def _environment(place: Path, *more: str) -> Path:
    subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
    python = place / "bin" / "python"
    words = ["install", "--quiet", "--disable-pip-version-check", "pytest", *more]
    subprocess.run([str(python), "-m", "pip", *words], check=True)
    return python


def _pair(place: Path, without: Path, with_it: Path, number: int) -> tuple[float, float]:
    """Seconds without it and with it."""
    if number % 2:
        plugin, plain = _start(place, with_it), _start(place, without)
    else:
        plain, plugin = _start(place, without), _start(place, with_it)
    return plain, plugin


def _start(place: Path, python: Path) -> float:
    argv = [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_nothing.py"]
    before = _used()
    subprocess.run(argv, cwd=place, stdout=subprocess.DEVNULL, check=True)
    return _used() - before


def _used() -> float:
    """Of all that has been started and has ended; `os.times` counts in steps of 10 ms."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
