"""One fix: shown step by step, agreed to, carried out, recorded so that it can be taken back, and
taken back if it fails.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from envcheck.environment import Environment
from envcheck.fixes import apply, record, terminal_lines
from envcheck.fixes.backup import as_before
from envcheck.fixes.helper import Helper, preview
from envcheck.fixes.state import STEP_SECONDS, FixResult, FixState, StepFailed
from envcheck.model import Diagnosis, Fix, Run, Step
from envcheck.privacy import scrubber_for
from envcheck.run.request import Request
from envcheck.run.scrub import scrubbed
from envcheck.run.workplace import environment


@dataclass(frozen=True)
class Carried:
    """A fix that was carried out: the request for the next run, and the lines that the learner's
    own terminal still needs.
    """

    request: Request
    lines: tuple[str, ...] = ()


def attempt(request: Request, diagnosis: Diagnosis, fix: Fix, helper: Helper) -> Carried | None:
    """Show the fix, ask, carry it out and record it; what failed half-way is taken back.

    Returns None when the person said no or a step failed. Raises KeyboardInterrupt.
    """
    scrubber, home = helper.scrubber, scrubber_for(request.variables).home
    helper.say(f"\nFix for: {scrubber.text(diagnosis.summary)}\n  {scrubber.text(fix.title)}")
    for line in preview(fix, helper):
        helper.say(line)
    if helper.dry or not helper.agreed("Do this?"):
        return None
    file = record.new_file(request.folder)
    undo = request.again.undo(file.name)

    def keep(state: FixState) -> str:
        return record.write(file, record.document(diagnosis, fix, state, home))

    with environment(replace(request, timeout=STEP_SECONDS)) as env:
        before = FixState(request.located, dict(request.variables))
        recorded = not keep(before)
        result = apply.carry_out(env, fix, before, helper.tick, keep if recorded else id)
        if result.failed:
            helper.say(scrubber.text(f"This step failed: {result.failed}"))
            keep(result.state)
            _go_back(env, result, file if recorded else None, helper, undo)
            return None
        _say_done(env, result.state, file if recorded else None, helper, undo)
        steps = tuple(scrubbed(done.step, scrubber) for done in result.state.done)
        lines = terminal_lines.environment_lines(env, steps)
    return Carried(_next_request(request, result.state), tuple(lines))


def _next_request(request: Request, state: FixState) -> Request:
    """The same request about the machine as the fix has left it."""
    again = request.again
    if state.located != request.located:
        again = again.about(state.located.command[0])
    return replace(request, located=state.located, variables=state.variables, again=again)


def _go_back(
    env: Environment, result: FixResult, file: Path | None, helper: Helper, undo: str
) -> None:
    """Leave the machine as it was; what cannot be taken back is said. Raises KeyboardInterrupt when
    a person ended the fix.
    """
    steps = result.state.undo_steps
    if steps:
        helper.say("Taking back what was done:")
    helper.say_steps(env, steps)
    left, failed = apply.take_back(env, steps, helper.tick, result.state.folders)
    if failed is None:
        helper.say(as_before(steps))
        if file is not None:
            file.unlink(
                missing_ok=True
            )  # our own, of this minute: there is nothing left in it to take back
    else:
        _say_left(env, left, failed, file, helper, undo)
    if result.stopped:
        raise KeyboardInterrupt


def _say_left(
    env: Environment,
    left: tuple[Step, ...],
    failed: StepFailed,
    file: Path | None,
    helper: Helper,
    undo: str,
) -> None:
    """Which steps still bring back what was there; they stay in the record too."""
    home = scrubber_for(env.variables).home
    helper.say(
        helper.scrubber.text(
            f"Taking it back failed too: {failed}. These steps bring back what was there:"
        )
    )
    helper.say_steps(env, left)
    if file is not None:
        recorded = record.read(file, home)
        record.write(file, record.left(recorded, left, home))
        helper.say(f"They stand in {file.name}. To try again:\n    {undo}")


def _say_done(
    env: Environment, state: FixState, file: Path | None, helper: Helper, undo: str
) -> None:
    if file is not None and state.undo_steps:
        helper.say(f"Done. What was done stands in {file.name}. To take it back:\n    {undo}")
    elif file is not None:
        file.unlink(missing_ok=True)
        helper.say(_nothing_to_take_back(state))
    else:
        helper.say(
            "Done. No record of it can be written into this folder. These steps take it back:"
        )
        helper.say_steps(env, state.undo_steps)


def _nothing_to_take_back(state: FixState) -> str:
    """What a program writes over its own files is not looked at: only what an environment has."""
    if any(isinstance(done.step, Run) for done in state.done):
        return "Done. What was run added and removed no package, and envcheck cannot take it back."
    return "Done. Nothing on this machine was changed, so there is nothing to take back."
