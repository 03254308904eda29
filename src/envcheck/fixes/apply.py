"""Carries out a fix, step by step, stops at the first that fails, and knows how each step is taken
back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from envcheck.environment import Environment, Located
from envcheck.fixes import file_steps, run_step, snapshot
from envcheck.fixes.state import Done, FixResult, FixState, StepFailed, Tick
from envcheck.fixes.unfinished import Unfinished, begun
from envcheck.model import Fix, Rename, Run, SetEnv, Step, UnsetEnv, UsePython, Write
from envcheck.path_lists import joined
from envcheck.run.policy import refuse


def carry_out(
    env: Environment,
    fix: Fix,
    state: FixState,
    tick: Tick,
    keep: Callable[[FixState], object] = id,
) -> FixResult:
    """Do the steps and return how that ended. `keep` is given the state before each, with what
    stands there by then, and after each, so that a record of it outlives us.
    """
    for number, step in enumerate(fix.steps, 1):
        where = f"step {number} of {len(fix.steps)}"

        def tick_with_number(seconds: float, text: str, where: str = where) -> None:
            tick(seconds, f"{where}: {text}" if text else where)

        def begin(begun: Unfinished, state: FixState = state) -> None:
            keep(replace(state, begun=begun))

        try:
            state = _state_after(state, _do(env, step, state, tick_with_number, begin))
        except StepFailed as failed:
            half = (
                replace(state, done=(*state.done, Done(step, failed.undo, failed.folders)))
                if failed.undo
                else state
            )
            return FixResult(half, str(failed), failed.stopped)
        except KeyboardInterrupt:
            return FixResult(state, "it was interrupted", stopped=True)
        keep(state)
    return FixResult(state)


def _state_after(state: FixState, done: Done) -> FixState:
    step, located, variables = done.step, state.located, dict(state.variables)
    if isinstance(step, UnsetEnv):
        variables.pop(step.name, None)
    elif isinstance(step, SetEnv):
        variables[step.name] = step.value
    elif isinstance(step, UsePython):
        located = Located((step.python,), "the Python that the fix names", chosen=True)
        variables["PATH"] = joined([Path(step.python).parent, variables.get("PATH", "")])
    return FixState(located, variables, (*state.done, done))


def take_back(
    env: Environment, steps: tuple[Step, ...], tick: Tick, folders: tuple[str, ...] = ()
) -> tuple[tuple[Step, ...], StepFailed | None]:
    """Carry out the steps of an undo; then those of these folders go that are empty. Returns the
    steps that are left when one failed, and why it did.
    """
    state = FixState(env.located, dict(env.variables), undoing=True)
    for number, step in enumerate(steps):
        try:
            _do(env, step, state, tick, id)
        except StepFailed as failed:
            return steps[number:], failed
        except KeyboardInterrupt:
            return steps[number:], StepFailed("it was interrupted", stopped=True)
    snapshot.remove_empty(env, folders)
    return (), None


def _do(
    env: Environment,
    step: Step,
    state: FixState,
    tick: Tick,
    begin: Callable[[Unfinished], object],
) -> Done:
    """Carry out one step, once `begin` has been told what stands there. Raises StepFailed, also for
    what is not allowed.
    """
    if why := refuse(env, step):
        raise StepFailed(why)
    if isinstance(step, Run):
        return run_step.run(env, step, state, tick, begin)
    begin(begun(step, file_steps.planned(step), None))
    if isinstance(step, Rename):
        return Done(step, file_steps.rename(step))
    return Done(step, file_steps.write(step) if isinstance(step, Write) else ())
