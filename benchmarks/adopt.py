"""How long `envcheck adopt` thinks, measured against parsing the same cells and scripts and nothing else.

    python benchmarks/adopt.py                a course that is made for it
    python benchmarks/adopt.py FOLDER ...     courses that are there
    python benchmarks/adopt.py --started ...  whole processes, the start of Python and of envcheck included

Both are done in turns, and their processor time is compared: other programs do not count.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from envcheck.adopt.judging import telling
from envcheck.adopt.needed import course
from envcheck.adopt.reading.tree import tree
from envcheck.adopt.writing import new_file
from envcheck.errors import UsageProblem

GOAL = 3.0
NOTEBOOKS, CELLS = 40, 50
NOT_PYTHON = re.compile(r"^[ \t]*[%!?].*$", re.MULTILINE)
FENCED = re.compile(
    r"^```[ {.]*(?:code-cell|python|py)\b[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL
)
PICTURE = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "iVBOR" * 12_000}}
CODE = """import numpy as np
import pandas as pd
from sklearn.linear_model import LinearRegression

def fitted(table, column="price"):
    '''A line through all the others.'''
    others = table.drop(columns=[column])
    return LinearRegression().fit(others, table[column])

for year in range({first}, {first} + 20):
    frame = pd.DataFrame({{"size": np.arange(100), "price": np.arange(100) * year}})
    print(year, fitted(frame).coef_)
"""


@dataclass(frozen=True)
class Compared:
    """One course: the medians of both, in seconds of the processor."""

    name: str
    notebooks: int
    parsing: float
    adopting: float

    @property
    def ratio(self) -> float:
        return self.adopting / self.parsing


def parse(root: Path) -> int:
    """The yardstick: notebooks through `json`, each cell of them, of Markdown and each script through
    `ast`; how many notebooks there are.
    """
    files = [root / name for name in tree(root).ending(".ipynb", ".md", ".mdx", ".py")]
    for file in files:
        text = _text(file)
        if file.suffix == ".ipynb":
            for cell in _cells(_values(text)):
                _parse(cell)
        elif file.suffix == ".py":
            _parse(text)
        else:
            for cell in FENCED.findall(text):
                _parse(cell)
    return sum(file.suffix == ".ipynb" for file in files)


def _values(text: str) -> Any:
    """Of a notebook that is none: nothing."""
    try:
        values = json.loads(text or "{}")
    except ValueError:
        return {}
    return values if isinstance(values, dict) else {}


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")


def _cells(values: dict[str, list[dict[str, str | list[str]]]]) -> Iterator[str]:
    for cell in values.get("cells", []):
        if cell.get("cell_type") == "code":
            source = cell.get("source", "")
            yield source if isinstance(source, str) else "".join(source)


def _parse(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(NOT_PYTHON.sub("", text))
        except SyntaxError:
            return


def adopt(root: Path) -> int:
    """All that `envcheck adopt --dry-run` does after it has started."""
    read = course.read(root)
    shown = telling.as_text(telling.Told(read, "", new_file.text(read)))
    return len(shown)


def compare(root: Path, rounds: int) -> Compared:
    """Both in turns. The first of each is not counted: files and modules are loaded then."""
    counted = parse(root)
    adopt(root)
    spent: dict[str, list[float]] = {"parse": [], "adopt": []}
    for _ in range(rounds):
        spent["parse"].append(_seconds(parse, root))
        spent["adopt"].append(_seconds(adopt, root))
    medians = {name: statistics.median(each) for name, each in spent.items()}
    return Compared(root.resolve().name, counted, medians["parse"], medians["adopt"])


def compare_started(root: Path, rounds: int) -> Compared:
    """Both as processes of their own, from their first instruction to their end. The course stays as it is."""
    yardstick = Path(__file__).with_name("yardsticks") / "parse_notebooks.py"
    isolated = [sys.executable, "-I", "-X", "utf8"]
    lines = {
        "parse": [*isolated, str(yardstick), str(root), "--all"],
        "adopt": [str(Path(sys.executable).with_name("envcheck")), "adopt", "--dry-run", str(root)],
    }
    spent: dict[str, list[float]] = {name: [] for name in lines}
    for _ in range(rounds + 1):
        for name, line in lines.items():
            spent[name].append(_seconds_of(line))
    medians = {name: statistics.median(each[1:]) for name, each in spent.items()}
    return Compared(root.resolve().name, parse(root), medians["parse"], medians["adopt"])


def _seconds_of(line: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(line, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _seconds(work: Callable[[Path], int], root: Path) -> float:
    before = time.process_time()
    work(root)
    return time.process_time() - before


def make(root: Path) -> None:
    """A course of many notebooks with pictures in them, as people keep them."""
    (root / "requirements.txt").write_text("numpy\npandas\n", encoding="utf-8")
    for number in range(1, NOTEBOOKS + 1):
        cells = [_cell(2_000 + cell, has_picture=cell % 10 == 0) for cell in range(CELLS)]
        place = root / f"ch{number:02d}" / "lesson.ipynb"
        place.parent.mkdir()
        place.write_text(json.dumps({"nbformat": 4, "metadata": {}, "cells": cells}, indent=1))


def _cell(first: int, *, has_picture: bool) -> dict[str, object]:
    source = CODE.format(first=first).splitlines(keepends=True)
    outputs = [PICTURE] if has_picture else []
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": outputs}


def _courses(folders: Iterable[Path]) -> list[Path]:
    """Without those in which there is no course to read."""
    courses = []
    for folder in folders:
        try:
            adopt(folder)
            courses.append(folder)
        except UsageProblem as problem:
            print(problem, file=sys.stderr)
    return courses


def main(words: list[str]) -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    arguments.add_argument("folders", nargs="*", type=Path)
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--started", action="store_true", help="whole processes")
    given = arguments.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="envcheck-benchmark-") as folder:
        if not given.folders:
            make(Path(folder))
        measured = compare_started if given.started else compare
        rows = [measured(root, given.rounds) for root in _courses(given.folders or [Path(folder)])]
    print("| course | notebooks | json and ast | adopt | ratio | goal | met |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for row in rows:
        name = row.name if given.folders else "made"
        met = "yes" if row.ratio <= GOAL else "no"
        print(f"| {name} | {row.notebooks} | {row.parsing:.2f} s | {row.adopting:.2f} s | {row.ratio:.2f} | <= {GOAL:.0f} | {met} |")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
