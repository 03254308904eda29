"""A notebook, cell after cell, in a kernel that answers as it is told to."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from pathlib import Path
from unittest import mock

import pytest
from tests.unit.described_machines import on, python_at

from envcheck.adopt.reading.notebooks import Cell, Notebook
from envcheck_checks.course_file.notebook_run import Desk, Ran, run
from envcheck_checks.jupyter.facts import KernelSpec
from envcheck_checks.kernel import client
from envcheck_checks.kernel.answers import End, Execution, Start

WELL = Execution(End.REPLIED, "ok")
RAISED = Execution(End.REPLIED, "error", error=("ValueError", "x"))
ASKED = Execution(End.REPLIED, "error", error=("StdinNotImplementedError", "raw_input"))


class Kernel:
    """What it was given, and what it answers to a text; all is well otherwise."""

    def __init__(self, answers: Mapping[str, Execution]) -> None:
        self.answers, self.given, self.closed = answers, list[str](), False
        self.start = Start(End.REPLIED, 0.1)

    def wait_ready(self, seconds: float) -> Start:
        return self.start

    def execute(self, code: str, timeout: float) -> Execution:
        self.given.append(code)
        return self.answers.get(code, WELL)

    def close(self) -> None:
        self.closed = True


def ran(folder: Path, kernel: Kernel, *cells: Cell, **words: object) -> Ran:
    spec = KernelSpec(("python",), "python", {}, "Python 3", "signal", "")
    desk = Desk(folder, spec, **{"until": math.inf, **words})  # type: ignore[arg-type]  # as given
    env = on("linux", folder, python_at(folder / "venv"))
    with mock.patch.object(client, "start", return_value=kernel):
        done = run(env, Notebook("a.ipynb", cells), desk)
    assert kernel.closed
    return done


def test_to_its_end(tmp_path: Path) -> None:
    """Tags count as for nbclient; lines that install are named, and not run."""
    kernel = Kernel({"bad": RAISED})
    cells = [
        Cell("%pip install a\nimport a", 1),
        Cell("bad", 3, tags=("raises-exception",)),
        Cell("bad", 4, tags=("skip-execution",)),
        Cell("!pip install b", 5),
    ]
    done = ran(tmp_path, kernel, *cells)
    assert (done.cells, done.failed, done.untold) == (2, 0, "")
    assert done.installs == {1: "%pip install a", 5: "!pip install b"}
    assert kernel.given == ["pass\nimport a", "bad"]
    kernel = Kernel({})
    ran(tmp_path, kernel, *cells[:1], installing=True)
    assert kernel.given == ["%pip install a\nimport a"]


@pytest.mark.parametrize("back", [RAISED, Execution(End.DIED), Execution(End.FLOODED)])
def test_the_first_cell_that_fails_ends_it(tmp_path: Path, back: Execution) -> None:
    kernel = Kernel({"bad": back})
    done = ran(tmp_path, kernel, Cell("x", 2), Cell("bad", 7), Cell("y", 9))
    assert (done.cells, done.failed, done.back) == (1, 7, back)
    assert kernel.given == ["x", "bad"]


@pytest.mark.parametrize(
    ("back", "words"),
    [(Execution(End.SILENT), "had not ended"), (ASKED, "asks for input")],
)
def test_what_nobody_can_tell(tmp_path: Path, back: Execution, words: str) -> None:
    done = ran(tmp_path, Kernel({"bad": back}), Cell("bad", 2))
    assert words in done.untold
    assert "cell 2" in done.untold
    assert done.back is None


def test_the_time_is_over(tmp_path: Path) -> None:
    kernel = Kernel({})
    done = ran(tmp_path, kernel, Cell("x", 1), until=time.monotonic() - 1)
    assert "had not ended" in done.untold
    assert kernel.given == []


def test_no_kernel(tmp_path: Path) -> None:
    kernel = Kernel({})
    kernel.start = Start(End.DIED, 0.1, 1, "no module named ipykernel")
    assert "no module named ipykernel" in ran(tmp_path, kernel, Cell("x", 1)).untold
