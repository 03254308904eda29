"""Carry a rehearsal out: one Python after the other, or several at once."""

from __future__ import annotations

import datetime
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import envcheck
from envcheck.course_copy import digest
from envcheck.rehearsal.clone import clone_of
from envcheck.rehearsal.column import cells
from envcheck.rehearsal.kept import Kept, lasts, settings
from envcheck.rehearsal.matrix import Cell, Matrix
from envcheck.rehearsal.plan import Plan, Stage


def rehearse(plan: Plan, stage: Stage) -> Matrix:
    """Every cell. Raises OSError where there is no room, and UsageProblem."""
    begun = time.monotonic()
    clone = clone_of(plan.course.folder, stage.processes, stage.variables)
    plan = replace(plan, clone=clone)
    started = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    lasting = frozenset(each.id for each in plan.course.chapters if lasts(each))
    kept = Kept(
        stage.cache,
        depends_on(plan, stage, datetime.date.today()),
        frozenset() if plan.notebooks else lasting,  # a notebook may ask for anything
    )
    made = _all_cells(plan, stage, kept)
    return Matrix(
        course_id=plan.course.id,
        title=plan.course.title,
        file=str(plan.course.file),
        started=started,
        seconds=time.monotonic() - begun,
        way=plan.way,
        before=plan.before,
        columns=plan.columns,
        chapters=plan.chapters,
        cells=tuple(made),
        notebooks=plan.notebooks,
        missed=plan.missed,
        copied=" ".join(plan.clone.notes),
    )


def _all_cells(plan: Plan, stage: Stage, kept: Kept) -> list[Cell]:
    with ThreadPoolExecutor(plan.jobs) as pool:
        rows = [pool.submit(cells, plan, stage, column, kept) for column in plan.columns]
        try:
            return [cell for row in rows for cell in row.result()]
        except BaseException:
            stage.processes.close()  # whoever waits for a program is told that it has ended
            pool.shutdown(cancel_futures=True)
            raise


def depends_on(plan: Plan, stage: Stage, day: datetime.date) -> tuple[str, ...]:
    """All that a cell is kept by. The day is the learners' own: what a course says may hold until one."""
    return (
        envcheck.__version__,
        day.isoformat(),
        digest(plan.course.folder, plan.clone.has),
        repr(plan.setups),
        plan.before,
        *plan.options,
        *settings(stage.variables),
    )
