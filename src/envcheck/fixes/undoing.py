"""`envcheck undo RECORD`: takes a fix back, as far as it can be, and says what is left."""

from __future__ import annotations

from envcheck.environment import Environment
from envcheck.errors import UsageProblem
from envcheck.fixes import apply, here, record, unfinished
from envcheck.fixes.backup import as_before
from envcheck.fixes.helper import Helper
from envcheck.model import Step
from envcheck.privacy import Scrubber, scrubber_for
from envcheck.target.belongings import of_environment, outside


def undo(recorded: record.Record, env: Environment, helper: Helper) -> None:
    """Take a recorded fix back, last step first. Raises UsageProblem for what cannot be
    taken back.
    """
    home = scrubber_for(env.variables).home
    half, folders = unfinished.find_undo(env, recorded.begun) if recorded.begun else ((), ())
    steps = (*half, *(here.step(env, asked) for asked in recorded.asked))
    if not steps:
        helper.say("That fix changed nothing on this machine, so there is nothing to take back.")
        return
    _refuse_obstacles(env, recorded, steps, helper.scrubber)
    helper.say_steps(env, steps)
    if helper.dry or not helper.agreed("Take this fix back?"):
        return
    made = of_environment(env, (*recorded.folders, *folders))
    left, failed = apply.take_back(env, steps, helper.tick, made)
    unwritten = record.write(recorded.file, record.left(recorded, left, home))
    if unwritten:
        helper.say(
            f"{recorded.file} could not be marked ({unwritten}): do not take it back a second time."
        )
    if failed is None:
        helper.say(as_before(steps, " that fix"))
    else:
        _report_left(env, left, failed, helper)


def _refuse_obstacles(
    env: Environment, recorded: record.Record, steps: tuple[Step, ...], scrubber: Scrubber
) -> None:
    """Before anything is done, all of it must fit: what the steps name is there, and is the
    learner's.
    """
    places = (outside(env, step) for step in steps)
    foreign = [f"{place} is outside of your folders" for place in places if place]
    if obstacles := [*record.obstacles(steps), *foreign]:
        raise UsageProblem(
            scrubber.text(
                f"{recorded.file} does not fit this machine as it is now, and nothing was done: {'; '.join(obstacles)}. "
                "It was written on another machine, for another folder, or its fix was taken back by hand"
            )
        )


def _report_left(
    env: Environment, left: tuple[Step, ...], failed: Exception, helper: Helper
) -> None:
    helper.say("These steps are left:")
    helper.say_steps(env, left)
    raise UsageProblem(
        helper.scrubber.text(
            f"the fix is taken back in part only: {failed}. When that is mended, the same command goes on"
        )
    )
