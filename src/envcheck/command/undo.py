"""`envcheck undo RECORD`: the recorded fix, and the environment in which it was made."""

from __future__ import annotations

import contextlib
import itertools
import os
from pathlib import Path

from envcheck.command.here import place
from envcheck.command.terminal import terminal_helper
from envcheck.fixes import here, record, undoing
from envcheck.fixes.state import STEP_SECONDS
from envcheck.model import Course
from envcheck.privacy import scrubber_for
from envcheck.run import alone
from envcheck.run.request import Request
from envcheck.run.workplace import environment
from envcheck.target.locate import learner_variables


def undo(name: str, *, python: str | None, dry: bool, yes: bool) -> None:
    """Take back the fix in the record `name`: after a question, or with `yes` without; `dry` only
    shows the steps. `python` names the one whose packages the fix changed, where it is not found.

    Raises UsageProblem.
    """
    variables, file = learner_variables(), place(name)
    # Where the fix worked, not where this terminal stands.
    folder = Path(os.path.realpath(file)).parent
    with contextlib.ExitStack() as held:
        alone.be_alone(held, alone.changed_in(folder, variables))
        recorded = record.read(file, scrubber_for(variables).home)
        located = here.find(recorded.places, python, variables, folder)
        alone.be_alone(
            held, itertools.islice(alone.changed_in(folder, variables, located), 1, None)
        )
        nothing = Course("", "", [])
        request = Request(nothing, (), (), located, variables, folder, timeout=STEP_SECONDS)
        with environment(request) as env:
            undoing.undo(recorded, env, terminal_helper(dry=dry, yes=yes))
