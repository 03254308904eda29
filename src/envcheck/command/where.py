"""`envcheck where`: the picture of who is who, drawn by the course."""

from __future__ import annotations

import sys

from envcheck.command import request
from envcheck.errors import UsageProblem
from envcheck.privacy import scrubber_for_reader
from envcheck.processes.console import is_console
from envcheck.run import plugins
from envcheck.run.workplace import environment


def draw(loaded: plugins.Loaded, python: str | None) -> str:
    """The picture of who is who, from the first installed course that can draw one. Raises
    UsageProblem.
    """
    for course in loaded.courses:
        if course.where is not None:
            wanted = request.without_checks(course, python)
            with environment(wanted) as env:
                scrubber = scrubber_for_reader(wanted.variables, terminal=is_console(sys.stdout))
                return scrubber.text(course.where(env))
    raise UsageProblem("no installed course can say who is who")
