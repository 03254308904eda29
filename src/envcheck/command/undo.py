"""`envcheck undo RECORD`: the recorded fix, and the environment in which it was made."""

from __future__ import annotations

import os
from pathlib import Path

from envcheck.environment import Located
from envcheck.fixes import record, undoing
from envcheck.fixes.helper import Helper
from envcheck.fixes.run_step import STEP_SECONDS
from envcheck.model import Course
from envcheck.privacy import scrubber_for
from envcheck.run.session import Request, environment
from envcheck.target.locate import learner_variables


def undo(name: str, helper: Helper) -> None:
    """Take a recorded fix back. Raises UsageProblem."""
    variables, file = learner_variables(), Path(name)
    recorded = record.read(file, scrubber_for(variables).home)
    # What the fix worked with and where, not what this terminal stands in.
    located = Located((recorded.python,), f"the record {name}")
    folder = Path(os.path.realpath(file)).parent
    nothing = Course("", "", [])
    request = Request(nothing, (), (), located, variables, folder, timeout=STEP_SECONDS)
    with environment(request) as env:
        undoing.undo(recorded, env, helper)
