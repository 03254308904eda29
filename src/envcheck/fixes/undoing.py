"""`envcheck undo RECORD`: takes a fix back, as far as it can be, and says what is left."""

from __future__ import annotations

from envcheck.environment import Environment
from envcheck.errors import UsageProblem
from envcheck.fixes import apply, record
from envcheck.fixes.loop import Helper, spoken
from envcheck.privacy import Scrubber, scrubber_for


def undo(said: record.Record, env: Environment, helper: Helper) -> None:
    """Take a recorded fix back, last step first. Raises UsageProblem for what cannot be taken back."""
    scrubber = Scrubber(scrubber_for(env.variables).home)
    if not said.steps:
        helper.say("That fix changed nothing on this machine, so there is nothing to take back.")
        return
    if obstacles := record.obstacles(said.steps):
        raise UsageProblem(
            scrubber.text(
                f"{said.file} does not fit this machine as it is now, and nothing was done: {'; '.join(obstacles)}. "
                "It was written on another machine, for another folder, or its fix was taken back by hand"
            )
        )
    for step in said.steps:
        helper.say(f"    {spoken(step, scrubber)}")
    if helper.dry or not helper.confirm("Take this fix back?"):
        return
    left, failed = apply.take_back(env, said.steps, helper.tick)
    unwritten = record.write(said.file, record.left(said, left, scrubber.home))
    if unwritten:
        helper.say(
            f"{said.file} could not be marked ({unwritten}): do not take it back a second time."
        )
    if failed is None:
        helper.say("Everything is as it was before that fix.")
        return
    helper.say("These steps are left:")
    for step in left:
        helper.say(f"    {spoken(step, scrubber)}")
    raise UsageProblem(
        scrubber.text(
            f"the fix is taken back in part only: {failed}. When that is mended, the same command goes on"
        )
    )
