"""The course that a run examines: the one that is named, else the one that has the first name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from envcheck.command import courses
from envcheck.command.again import as_started
from envcheck.errors import UsageProblem
from envcheck.model import Course
from envcheck.run import plan, plugins
from envcheck.target.locate import learner_variables


def of(selection: plan.Selection, words: Mapping[str, Any], loaded: plugins.Loaded) -> Course:
    """Raises UsageProblem; where the course may be that of another user's file, with the line that
    names it. `words` are the values of the options that every run takes.
    """
    if words["course"]:
        return courses.load_to_run(words, loaded)
    try:
        return courses.choose(loaded, selection.chapters, selection.tracks)
    except UsageProblem as problem:
        if not loaded.stranger:
            raise
        line = as_started(selection, {**words, "course": loaded.stranger}, learner_variables())
        raise UsageProblem(f"{problem}\nIf you trust it, type:\n    {line.same()}") from None
