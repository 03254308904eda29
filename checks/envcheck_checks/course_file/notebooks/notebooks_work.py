"""The chapter's notebooks do their work on this machine: run from the first cell to the last, in a copy
of the course that is gone afterwards. Only with `--notebooks`: it is the course's code.
"""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from pathlib import Path

from envcheck import Check, Cost, Environment, Outcome, course_copy, ok, skip, unknown
from envcheck.adopt.reading.notebooks import PYTHON, Notebook, Unreadable
from envcheck_checks.course_file.chapter_place import ChapterPlace
from envcheck_checks.course_file.key_page import page
from envcheck_checks.course_file.notebooks import notebook_run
from envcheck_checks.course_file.notebooks.chapter_notebooks import damaged, read
from envcheck_checks.course_file.notebooks.failed_notebook import CAUSES, diagnose
from envcheck_checks.course_file.notebooks.notebook_run import Desk, Ran
from envcheck_checks.jupyter.facts import learners_jupyter
from envcheck_checks.notebook.codes import NOTEBOOK_DAMAGED
from envcheck_checks.stack import Stack

SECONDS = 800.0  # for all notebooks of a chapter


def notebooks_work(
    place: ChapterPlace,
    stack: Stack,
    needs: tuple[Check, ...],
    explained_by: tuple[Check, ...],
) -> Check:
    """Every notebook of the chapter runs to its end."""
    return Check(
        id="notebooks-run",
        title="Notebooks run",
        examine=partial(_examine, place, stack),
        needs=needs,
        explained_by=explained_by,
        timeout=SECONDS + 60,
        traits=frozenset({"notebooks"}),
        proves="the chapter's notebooks run from the first cell to the last",
        slow_because="notebooks take the time that their work takes",
        cost=Cost(60.0, 1000, 200),
        scope=place.scope,
        page=page(
            "The chapter's notebooks, run",
            "The chapter's notebooks are run as a learner would, from the first cell to the last, "
            "with `--notebooks` alone: it is the course's code.",
            "Packages can be there and files in their places, and a cell still ends with an error.",
            "The course is copied, at most 200 MB of it, and each notebook is run there in a fresh "
            "kernel, with a home that is gone afterwards. Lines that install something are named, and "
            "not run. A cell may raise where its author tagged it `raises-exception`.",
            "`jupyter execute NOTEBOOK` in a copy of the course",
            {**CAUSES, NOTEBOOK_DAMAGED: "a notebook that Jupyter cannot open"},
        ),
    )


def _examine(place: ChapterPlace, stack: Stack, env: Environment) -> Outcome:
    spec = learners_jupyter(env).spec
    if spec is None:
        return unknown("Jupyter finds no kernel to run them with")
    books = list(read(place))
    unreadable = [book for book in books if isinstance(book, Unreadable)]
    if broken := damaged(place, unreadable, needed=True):
        return tuple(broken)
    if unreadable:
        return unknown(f"{unreadable[0].name}: {unreadable[0].reason}")
    notebooks = [book for book in books if isinstance(book, Notebook)]
    if not notebooks:
        return unknown(
            "the chapter's folder has no notebook (.ipynb); notebooks in text (.md, .py) are not run"
        )
    copied = env.new_folder(f"notebooks-{place.scope}")
    try:
        course_copy.copy(place.root, copied)
    except (OSError, course_copy.TooLarge) as error:
        return unknown(f"the course cannot be copied to run its notebooks: {error}")
    folder = copied / place.folder.relative_to(place.root)
    desk = Desk(folder, spec, time.monotonic() + SECONDS, env.options.installing, copied)
    return _all(env, notebooks, desk, place, stack)


def _all(
    env: Environment, notebooks: list[Notebook], desk: Desk, place: ChapterPlace, stack: Stack
) -> Outcome:
    """The first that fails ends it: what comes after may need what it makes."""
    begun, ran = time.monotonic(), list[Ran]()
    for notebook in (book for book in notebooks if book.language == PYTHON):
        ran.append(notebook_run.run(env, notebook, desk))
        if ran[-1].back is not None:
            left_out = tuple(course_copy.left_out(place.root))
            return diagnose(env, replace(ran[-1], left_out=left_out), stack, Path(desk.folder))
    untold = [f"{each.name}: {each.untold}" for each in ran if each.untold]
    if untold or not ran:
        return unknown("; ".join(untold[:3]) or "no notebook of the chapter is in Python")
    return _worked(ran, len(notebooks), time.monotonic() - begun)


def _worked(ran: list[Ran], of_all: int, seconds: float) -> Outcome:
    """A notebook without a cell to run has shown nothing."""
    cells, worked = sum(each.cells for each in ran), sum(each.cells > 0 for each in ran)
    if not cells:
        reason = "no notebook of the chapter has a cell with code to run"
        return unknown(f"{reason}{_installing(ran)}") if _installing(ran) else skip(reason)
    words = f"{worked} of {of_all}" if worked < of_all else f"{worked}"
    return ok(
        f"{words} ran, {cells} {'cell' if cells == 1 else 'cells'} in {seconds:.0f} s{_installing(ran)}"
    )


def _installing(ran: list[Ran]) -> str:
    """The lines that were not run, by their cells."""
    lines = [
        f"{each.name} cell {number} (`{text[:60]}`)"
        for each in ran
        for number, text in (each.installs or {}).items()
    ]
    more = f" and {len(lines) - 3} more" if len(lines) > 3 else ""
    return f"; not run, since they install: {', '.join(lines[:3])}{more}" if lines else ""
