"""From what the command line says to the request for a run: which checks, of which Python, in which
folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from envcheck.command import chapter_target, here
from envcheck.command.again import USUAL_SECONDS, as_started, once_more
from envcheck.environment import Located, Options
from envcheck.errors import UsageProblem
from envcheck.model import Course
from envcheck.run import plan, plugins
from envcheck.run.alias import chosen
from envcheck.run.request import Request
from envcheck.target import locate
from envcheck.target.protected import what_arrives

NOTEBOOK_SECONDS = 900.0  # for a run with --notebooks, unless --timeout says another time


def make(
    course: Course,
    selection: plan.Selection,
    loaded: plugins.Loaded,
    words: Mapping[str, Any],
) -> Request:
    """A run of the selected checks. `words` are the values of the options that every run takes.
    Raises UsageProblem.
    """
    alias = chosen(words["alias"]) if words["alias"] is not None else None
    options = Options(
        quick=words["quick"],
        deep=words["deep"],
        offline=words["offline"],
        notebooks=words["notebooks"],
        installing=words.get("installing", False),  # of rehearsals alone
    )
    variables = locate.learner_variables()
    folder, closed = here.folder(variables)
    planned = plan.make(course, selection, options, variables)
    located = _located(course, selection, words, variables, folder)
    return Request(
        course=course,
        chapters=_chapter_ids(course, selection),
        planned=planned,
        located=located,
        variables=what_arrives(variables, located.command[0]),
        folder=folder,
        options=options,
        timeout=_seconds(words),
        jobs=words["jobs"],
        strict=words["strict"],
        broken=tuple(str(each) for each in loaded.broken if not _is_used(each, course)),
        others=loaded.courses,
        selection=selection,
        again=once_more(selection, words, variables, located),
        alias=alias,
        closed=closed,
    )


def _is_used(broken: object, course: Course) -> bool:
    """Whether this course's own file is called unusable, which the learner has named all the same."""
    return bool(course.file) and str(broken).startswith(f"{course.file}: ")


def _located(
    course: Course,
    selection: plan.Selection,
    words: Mapping[str, Any],
    variables: Mapping[str, str],
    folder: Path,
) -> Located:
    """The Python of all the chapters that were asked for. Raises UsageProblem where they have several."""
    ids = _chapter_ids(course, selection)
    chapters = [chapter for chapter in course.chapters if chapter.id in ids]
    return chapter_target.of_chapters(
        Path(course.file).parent,
        chapters if course.file else [],
        partial(chapter_target.locate_or_trouble, words["python"], variables, folder),
        lambda names: as_started(replace(selection, chapters=names), words, variables).same(),
    )


def _seconds(words: Mapping[str, Any]) -> float:
    """Those that were asked for; notebooks take longer than checks do."""
    usual = words["timeout"] == USUAL_SECONDS
    return NOTEBOOK_SECONDS if words["notebooks"] and usual else float(words["timeout"])


def without_checks(course: Course, python: str | None) -> Request:
    """A request for the environment alone. Raises UsageProblem."""
    variables = locate.learner_variables()
    folder = _folder(variables)
    located = chapter_target.locate_or_trouble(python, variables, folder)
    return Request(course, (), (), located, variables, folder)


def _chapter_ids(course: Course, selection: plan.Selection) -> tuple[str, ...]:
    names = selection.chapters
    if "all" in names:
        names = tuple(chapter.id for chapter in course.chapters)
    return tuple(dict.fromkeys((*names, *selection.tracks)))


def _folder(variables: Mapping[str, str]) -> Path:
    """Where the learner works. Raises UsageProblem where nothing can be started there."""
    folder, closed = here.folder(variables)
    if closed:
        raise UsageProblem(closed)
    return folder
