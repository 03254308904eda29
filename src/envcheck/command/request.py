"""From what the command line says to the request for a run: which checks, of which Python, in which
folder.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from envcheck.command import started
from envcheck.command.again import again
from envcheck.environment import Located, Options
from envcheck.errors import UsageProblem
from envcheck.model import Course
from envcheck.run import plan, plugins
from envcheck.run.alias import chosen
from envcheck.run.request import Request
from envcheck.target import locate, shells
from envcheck.target.protected import what_arrives

# macOS asks once whether a program may look into Desktop, Documents, Downloads and other disks.
CLOSED = (
    "macOS does not let this terminal into this folder (Operation not permitted). Switch it on in System Settings > "
    "Privacy & Security > Files and Folders, then quit the terminal and start again; or go to another folder, such as ~/ml"
)


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
    options = Options(quick=words["quick"], deep=words["deep"], offline=words["offline"])
    variables, folder = locate.learner_variables(), _folder()
    planned = plan.make(course, selection, options, variables)
    located = _locate(words["python"], variables, folder)
    return Request(
        course=course,
        chapters=_chapter_ids(course, selection),
        planned=planned,
        located=located,
        variables=what_arrives(variables, located.command[0]),
        folder=folder,
        options=options,
        timeout=words["timeout"],
        jobs=words["jobs"],
        strict=words["strict"],
        broken=tuple(map(str, loaded.broken)),
        others=loaded.courses,
        selection=selection,
        again=again(started_words(variables), selection, words, shells.learners(variables)),
        alias=alias,
    )


def without_checks(course: Course, python: str | None) -> Request:
    """A request for the environment alone. Raises UsageProblem."""
    variables, folder = locate.learner_variables(), _folder()
    return Request(course, (), (), _locate(python, variables, folder), variables, folder)


def started_words(variables: Mapping[str, str]) -> tuple[str, ...]:
    """The words that the learner types before their own to start envcheck."""
    return started.program(variables, sys.argv, sys.orig_argv)


def _chapter_ids(course: Course, selection: plan.Selection) -> tuple[str, ...]:
    names = selection.chapters
    if "all" in names:
        names = tuple(chapter.id for chapter in course.chapters)
    return tuple(dict.fromkeys((*names, *selection.tracks)))


def _locate(asked: str | None, variables: dict[str, str], folder: Path) -> Located:
    try:
        return locate.locate(asked, variables, folder)
    except LookupError as error:
        return Located(("python3",), "nothing was found", trouble=str(error))


def _folder() -> Path:
    """Where the learner works. Raises UsageProblem when that folder has been deleted under them."""
    try:
        return Path.cwd()
    except OSError as error:
        if error.errno == errno.EPERM and sys.platform == "darwin":
            raise UsageProblem(CLOSED) from None
        raise UsageProblem(
            f"this folder cannot be used ({error.strerror}). Go to the folder where you work, and start again"
        ) from None
