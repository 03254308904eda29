"""The chapters on one Python: a copy of the course, its environment, and each chapter in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from envcheck.course_copy import copy
from envcheck.rehearsal import learner
from envcheck.rehearsal.commands import commands, python_in
from envcheck.rehearsal.examining import Place, examine
from envcheck.rehearsal.installing import Refusal, install
from envcheck.rehearsal.kept import Kept
from envcheck.rehearsal.matrix import Cause, Cell, Column, State
from envcheck.rehearsal.plan import Plan, Stage
from envcheck.rehearsal.pythons import is_allowed
from envcheck.rehearsal.way import Setup
from envcheck.removal import remove_tree


@dataclass(frozen=True)
class Desk:
    """A Python, what is installed with it, and the throw-away folder for that."""

    column: Column
    setup: Setup
    folder: Path


def cells(plan: Plan, stage: Stage, column: Column, kept: Kept) -> list[Cell]:
    """The cells of this Python. Raises OSError where there is no room, and UsageProblem."""
    made = [cell for chapter in plan.chapters if (cell := _not_for(plan, column, chapter))]
    out = {cell.chapter for cell in made}
    wanted = [chapter for chapter in plan.chapters if chapter not in out]
    if wanted and all(kept.cell(column, chapter) for chapter in wanted):
        stage.say(f"{column.title}: all of it was ready a short while ago")
    own = stage.folder / str(plan.columns.index(column))
    for whole in plan.setups:
        setup = replace(whole, chapters=tuple(name for name in whole.chapters if name in wanted))
        try:
            made += _examined(plan, stage, Desk(column, setup, own), kept)
        finally:
            # Environments may be large: no two of them lie there longer than they are needed.
            remove_tree(own)
    return sorted(made, key=lambda cell: plan.chapters.index(cell.chapter))


def _not_for(plan: Plan, column: Column, chapter: str) -> Cell | None:
    """The cell of a chapter that is for other Pythons, or for other systems."""
    if reason := plan.elsewhere.get(chapter):
        return Cell(column, chapter, State.NOT_HERE, cause=Cause(reason))
    takes = plan.takes.get(chapter, "")
    if not column.executable or is_allowed(column, takes):
        return None
    return Cell(column, chapter, State.NOT_FOR, cause=Cause(f"it takes {takes}"))


def _examined(plan: Plan, stage: Stage, desk: Desk, kept: Kept) -> Iterator[Cell]:
    column = desk.column
    if all(kept.cell(column, chapter) for chapter in desk.setup.chapters):
        made: Installed | Refusal | None = None
    else:
        made = _installed(plan, stage, desk)
    for chapter in desk.setup.chapters:
        earlier = kept.cell(column, chapter)
        if earlier is not None:
            yield earlier
        elif isinstance(made, Refusal):
            yield Cell(column, chapter, made.state, cause=made.cause)
        elif made is not None:
            stage.say(f"{column.title}: {chapter}")
            place = made.place(chapter, stage.variables, plan)
            cell = examine(column, chapter, place, stage.processes, plan.timeout)
            kept.keep(cell)
            yield cell


@dataclass(frozen=True)
class Installed:
    """A copy of the course with its environment, `python` is its."""

    copy: Path
    python: Path

    def place(self, chapter: str, variables: Mapping[str, str], plan: Plan) -> Place:
        """For one chapter: nothing that another one has put into its home or its temporary folder."""
        own = self.copy.parent / f"chapter-{plan.chapters.index(chapter)}"
        for name in ("home", "temporary"):
            (own / name).mkdir(parents=True)
        examining = learner.examining(variables, own / "temporary", own / "home", self.python)
        return Place(self.copy, self.python, examining, plan.options)


def _installed(plan: Plan, stage: Stage, desk: Desk) -> Installed | Refusal:
    own, way, column = desk.folder, desk.setup.way, desk.column
    course, temporary = own / "course", own / "temporary"
    for folder in (course, temporary):
        folder.mkdir(parents=True)
    copy(plan.course.folder, course, plan.clone.has)
    stage.say(f"{column.title}: installing with {way.name}")
    if way.is_absent:
        return Refusal.of_absent(way.name)
    argvs = commands(desk.setup, course, column.executable, plan.before)
    variables = learner.installing(stage.variables, temporary)
    refusal = install(argvs, course, variables, stage.processes, plan.timeout)
    return refusal or Installed(course, python_in(course, way))
