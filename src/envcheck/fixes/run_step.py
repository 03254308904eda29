"""A command of a fix: run to its end, watched, and what it changed found out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from envcheck import places
from envcheck.environment import Environment
from envcheck.fixes import held_open, snapshot
from envcheck.fixes.state import STEP_SECONDS, Done, FixState, StepFailed, Tick
from envcheck.fixes.unfinished import Unfinished, begun
from envcheck.model import Rename, Run, Step
from envcheck.processes.running import Running
from envcheck.run.own_files import undisturbed

INTERRUPT_SECONDS = 10.0  # for a command that was interrupted to put its things away


def run(
    env: Environment,
    step: Run,
    state: FixState,
    tick: Tick,
    begin: Callable[[Unfinished], object],
) -> Done:
    """Carry it out, once `begin` has been told what stands there, and return it with the steps that
    take it back. Raises StepFailed.
    """
    made = [undo.source for undo in state.undo_steps if isinstance(undo, Rename)]
    command = _python_of(step, state)
    before = snapshot.take(env, command, step.argv)
    # What an earlier step of this fix made is moved aside as a whole: there is no need to empty it
    # first.
    inside_new = any(places.lies_in(command, place) for place in made)
    begin(begun(step, (), None if inside_new else before))
    failed = _follow(env, step, state, tick, before)
    undo: tuple[Step, ...] = ()
    folders: tuple[str, ...] = ()
    if not inside_new:
        undo = snapshot.find_undo_steps(env, before, step.argv, half=failed is not None)
        folders = snapshot.new_folders(before)
    if failed is not None:
        raise StepFailed(str(failed), undo, folders, stopped=failed.stopped)
    return Done(step, undo, folders)


def _follow(
    env: Environment, step: Run, state: FixState, tick: Tick, before: snapshot.Snapshot
) -> StepFailed | None:
    """Run the command to its end; None when it did what it should."""
    line = " ".join(step.argv)
    try:
        folder = env.neutral_folder if state.undoing else env.folder
        running = env.start(
            undisturbed(step, env).argv, cwd=folder, variables=_changed_variables(env, state)
        )
    except (OSError, ValueError) as error:
        return StepFailed(
            f"{step.argv[0]} cannot be started: {getattr(error, 'strerror', None) or error}"
        )
    waited = 0.0
    try:
        while not running.wait(1.0):
            waited += 1.0
            tick(waited, _progress(running, before))
            if waited > STEP_SECONDS:
                return StepFailed(f"`{line}` did not end within {STEP_SECONDS / 60:.0f} minutes")
    except KeyboardInterrupt:
        _interrupt(running)
        return StepFailed(f"`{line}` was interrupted", stopped=True)
    finally:
        code = running.code
        running.end()
    if code == 0:
        return None
    words = running.stderr.text().strip() or running.stdout.text().strip()
    held = held_open.advice(words)
    return StepFailed(f"`{line}` ended with {code}: {words[-600:]}{held and f' ({held})'}")


def _changed_variables(env: Environment, state: FixState) -> dict[str, str | None]:
    """What earlier steps have set, and None for what they have taken away."""
    names = {*env.variables, *state.variables}
    return {
        name: state.variables.get(name)
        for name in names
        if state.variables.get(name) != env.variables.get(name)
    }


def _interrupt(running: Running) -> None:
    """What Ctrl-C does to a command in a terminal: it may still put its own things away. A second
    one ends it at once.
    """
    if sys.platform == "win32":
        return
    running.interrupt()
    try:
        running.wait(INTERRUPT_SECONDS)
    except KeyboardInterrupt:
        return


def _progress(running: Running, before: snapshot.Snapshot) -> str:
    """The last line that the command printed; how many packages have come, once it prints
    no more.
    """
    lines = [
        line.strip()
        for line in running.stdout.text()[-4000:].splitlines()
        if line.strip()[:1].isalpha()
    ]  # no bars
    last = lines[-1] if lines else ""
    if before.python is None or not last.startswith("Installing"):
        return last
    folder = before.python.paths.get("purelib", "")
    try:
        there = sum(name.endswith(".dist-info") for name in os.listdir(folder))  # noqa: PTH208  # names are wanted
    except OSError:
        return last
    wanted = last.count(",") + 1 + len(before.python.installed)
    return f"Installing: {there - len(before.python.installed)} of {max(wanted - len(before.python.installed), 1)} packages are there"


def _python_of(step: Run, state: FixState) -> str:
    """The interpreter that a command works for: itself, when it is one, or the one that
    it names.
    """
    for word in step.argv:
        if Path(word).name.lower().removesuffix(".exe").startswith("python") and os.path.isabs(  # noqa: PTH117
            word
        ):
            return word
    return state.located.command[0]
