"""`envcheck undo RECORD`: the recorded fix, and the environment in which it was made."""

from __future__ import annotations

import os
from pathlib import Path

from envcheck.command.terminal import terminal_helper
from envcheck.environment import Located
from envcheck.fixes import record, undoing
from envcheck.fixes.state import STEP_SECONDS
from envcheck.model import Course
from envcheck.privacy import scrubber_for
from envcheck.run.request import Request
from envcheck.run.workplace import environment
from envcheck.target.locate import learner_variables


def undo(name: str, *, dry: bool, yes: bool) -> None:
    """Take back the fix in the record `name`: after a question, or with `yes` without; `dry` only
    shows the steps.

    Raises UsageProblem.
    """
    variables, file = learner_variables(), Path(name)
    recorded = record.read(file, scrubber_for(variables).home)
    # What the fix worked with and where, not what this terminal stands in.
    located = Located((recorded.python,), f"the record {name}")
    folder = Path(os.path.realpath(file)).parent
    nothing = Course("", "", [])
    request = Request(nothing, (), (), located, variables, folder, timeout=STEP_SECONDS)
    with environment(request) as env:
        undoing.undo(recorded, env, terminal_helper(dry=dry, yes=yes))
