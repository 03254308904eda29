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
from envcheck_checks.course_file.notebooks.notebook_run import Desk, Ran, run
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


def desk_of(folder: Path, **words: object) -> Desk:
    spec = KernelSpec(("python",), "python", {}, "Python 3", "signal", "")
    return Desk(folder, spec, **{"until": math.inf, **words})  # type: ignore[arg-type]  # as given


def ran(folder: Path, kernel: Kernel, *cells: Cell, **words: object) -> Ran:
    return ran_at(desk_of(folder, **words), kernel, *cells)


def ran_at(desk: Desk, kernel: Kernel, *cells: Cell) -> Ran:
    env = on("linux", desk.folder, python_at(desk.folder / "venv"))
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


def test_what_a_notebook_before_it_has_taken_out_of_a_file(tmp_path: Path) -> None:
    """All of a chapter run in one copy: what installs is named by each of them that runs the file."""
    (tmp_path / "setup.py").write_text("!pip install a\n")
    cell = Cell("%run setup.py", 1)
    first = desk_of(tmp_path)
    for desk in (first, first, desk_of(tmp_path)):
        done = ran_at(desk, Kernel({"x": RAISED}), cell, Cell("x", 2))
        wanted = {} if desk is not first else {1: "%run setup.py: !pip install a"}
        assert (done.installs, done.failed) == (wanted, 2)


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
