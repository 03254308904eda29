"""The chapters on one Python: a copy of the course, its environment, and each chapter in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from envcheck.course_copy import copy
from envcheck.rehearsal import learner
from envcheck.rehearsal.examining import Place, examine
from envcheck.rehearsal.installing import Refusal, install
from envcheck.rehearsal.kept import Kept
from envcheck.rehearsal.matrix import Cell, Column
from envcheck.rehearsal.plan import Plan, Stage
from envcheck.rehearsal.way import python_in, steps
from envcheck.removal import remove_tree


def cells(plan: Plan, stage: Stage, column: Column, kept: Kept) -> list[Cell]:
    """The cells of this Python. Raises OSError where there is no room, and UsageProblem."""
    earlier = [kept.cell(column, chapter) for chapter in plan.chapters]
    if all(earlier):
        stage.say(f"{column.title}: all of it was ready a short while ago")
        return [cell for cell in earlier if cell]
    own = stage.folder / str(plan.columns.index(column))
    try:
        return [*_examined(plan, stage, column, kept, own)]
    finally:
        # Environments may be large: no two of them lie there longer than they are needed.
        remove_tree(own)


def _examined(plan: Plan, stage: Stage, column: Column, kept: Kept, own: Path) -> Iterator[Cell]:
    made = _installed(plan, stage, column, own)
    for chapter in plan.chapters:
        earlier = kept.cell(column, chapter)
        if earlier is not None:
            yield earlier
        elif isinstance(made, Refusal):
            yield Cell(column, chapter, made.state, cause=made.cause)
        else:
            stage.say(f"{column.title}: {chapter}")
            cell = examine(column, chapter, made, stage.processes, plan.timeout)
            kept.keep(cell)
            yield cell


def _installed(plan: Plan, stage: Stage, column: Column, own: Path) -> Place | Refusal:
    course, home, temporary = own / "course", own / "home", own / "temporary"
    for folder in (course, home, temporary):
        folder.mkdir(parents=True)
    copy(plan.course.folder, course)
    stage.say(f"{column.title}: installing with {plan.way.name}")
    if plan.way.is_absent:
        return Refusal.of_absent(plan.way.name)
    commands = steps(plan.way, plan.course, course, column.executable, plan.before)
    variables = learner.installing(stage.variables, temporary)
    refusal = install(commands, course, variables, stage.processes, plan.timeout)
    if refusal is not None:
        return refusal
    python = python_in(course)
    examining = learner.examining(stage.variables, temporary, home, python)
    return Place(course, python, examining, plan.options)
