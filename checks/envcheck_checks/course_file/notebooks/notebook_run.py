"""Run a notebook in a kernel of the learner's, cell after cell, in a copy of the course."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from envcheck import Environment
from envcheck.adopt.reading.notebooks import SKIPPED, Cell, Notebook
from envcheck_checks.course_file.installing.installing_cells import (
    does_something,
    without_installing,
)
from envcheck_checks.course_file.installing.installing_files import CopiedCourse
from envcheck_checks.interference.private_folders import private_folders
from envcheck_checks.jupyter.facts import KernelSpec
from envcheck_checks.kernel import client
from envcheck_checks.kernel.answers import End, Execution
from envcheck_checks.kernel.client import START_SECONDS, Kernel
from envcheck_checks.kernel.shared import variables_of_spec
from envcheck_checks.tools.framework.remote_call import home_in

MAY_RAISE = "raises-exception"  # tags that nbclient knows
ASKS = "StdinNotImplementedError"  # of IPython, where nobody is there to answer `input()`


@dataclass(frozen=True)
class Ran:
    """How far a notebook came: `cells` with code that ran, what was not run because it `installs` (by the number
    of its cell), the cell that ended it with what came `back`, or why nothing can be told; and the links
    of the course that are `left_out` of its copy.
    """

    name: str
    cells: int = 0
    installs: Mapping[int, str] | None = None
    failed: int = 0
    back: Execution | None = None
    untold: str = ""
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Desk:
    """Where notebooks are run: a copy of the course, by the spec of a kernel, until a time of the
    monotonic clock. `installing`: lines that install into its environment are run as well. `root` is the
    whole copy, where it is more than the folder; `taken_out` is what installed in its files.
    """

    folder: Path
    spec: KernelSpec
    until: float
    installing: bool = False
    root: Path | None = None
    taken_out: dict[Path, str] = field(default_factory=dict)


def run(env: Environment, notebook: Notebook, desk: Desk) -> Ran:
    """Until its end, or the first cell that fails."""
    try:
        with _kernel(env, notebook, desk) as kernel:
            start = kernel.wait_ready(START_SECONDS)
            if start.end is not End.REPLIED:
                return Ran(notebook.name, untold=f"no kernel answered: {start.last_words}")
            return _cells(notebook, desk, kernel)
    except OSError as error:
        return Ran(notebook.name, untold=f"no kernel starts: {error.strerror or error}")


@contextmanager
def _kernel(env: Environment, notebook: Notebook, desk: Desk) -> Iterator[Kernel]:
    spec, own = desk.spec, env.new_folder("notebooks-home")
    variables = {
        **private_folders(env).variables,
        **variables_of_spec(env, spec),
        **home_in(env, own),
    }
    kernel = client.start(
        env,
        (spec.python, *spec.argv[1:]),
        variables,
        spec.interrupt_mode,
        cwd=(desk.folder / notebook.name).parent,
    )
    try:
        yield kernel
    finally:
        kernel.close()


def _cells(notebook: Notebook, desk: Desk, kernel: Kernel) -> Ran:
    installs: dict[int, str] = {}
    here = (desk.folder / notebook.name).parent
    copied = CopiedCourse(desk.root or desk.folder, here, desk.installing, desk.taken_out)
    count = 0
    for cell in notebook.cells:
        text = _without(cell, copied, installs)
        if not does_something(text) or SKIPPED in cell.tags:
            continue
        left = desk.until - time.monotonic()
        back = kernel.execute(text, left) if left > 0 else None
        if back is None or back.end is End.SILENT:
            reason = f"cell {cell.number} had not ended when the time was over"
            return Ran(notebook.name, count, installs, untold=reason)
        if back.error and back.error[0] == ASKS:
            reason = f"cell {cell.number} asks for input, which nobody can give here"
            return Ran(notebook.name, count, installs, untold=reason)
        if back.end is not End.REPLIED or (back.error and MAY_RAISE not in cell.tags):
            return Ran(notebook.name, count, installs, cell.number, back)
        count += 1
    return Ran(notebook.name, count, installs)


def _without(cell: Cell, copied: CopiedCourse, installs: dict[int, str]) -> str:
    shown = copied.cleaned(cell.text)
    left = without_installing(cell.text, thrown_away=copied.thrown_away, also=copied.is_out)
    if shown := left.installs or shown:
        installs[cell.number] = shown
    return left.text
