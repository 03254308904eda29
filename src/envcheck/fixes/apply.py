"""Carries out a fix, step by step, stops at the first that fails, and knows how each step is taken back."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from envcheck.environment import Environment, Located
from envcheck.fixes import snapshot
from envcheck.fixes.policy import refuse
from envcheck.fixes.snapshot import backup_name
from envcheck.model import Fix, Rename, Run, SetEnv, Step, UnsetEnv, UsePython, Write
from envcheck.processes.process import Running

STEP_SECONDS = 1800.0  # an installation over a slow line
FAREWELL = 10.0  # seconds for a command that was interrupted to put its things away

Say = Callable[[str], None]
Tick = Callable[[float, str], None]


class StepFailed(Exception):
    """A step did not do what it should. `undo` takes back what it had done by then; `stopped`: a person ended it."""

    def __init__(self, why: str, undo: tuple[Step, ...] = (), *, stopped: bool = False) -> None:
        super().__init__(why)
        self.undo = undo
        self.stopped = stopped


@dataclass(frozen=True)
class Done:
    """A step that was carried out, and the steps that take it back, first things first."""

    step: Step
    undo: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Situation:
    """What the next run starts from: environment steps and `use-python` change it, for envcheck's own runs alone."""

    located: Located
    variables: dict[str, str]
    done: tuple[Done, ...] = field(default=())

    @property
    def way_back(self) -> tuple[Step, ...]:
        """What takes all of it back, last step first."""
        return tuple(step for done in reversed(self.done) for step in done.undo)


@dataclass(frozen=True)
class Ended:
    """How a fix ended: `failed` is why its last step did, empty when all went well."""

    situation: Situation
    failed: str = ""
    stopped: bool = False


def carry_out(
    env: Environment,
    fix: Fix,
    situation: Situation,
    tick: Tick,
    kept: Callable[[Situation], object] = id,
) -> Ended:
    """Do the steps. `kept` is told the situation after each, so that a record of it outlives us."""
    for number, step in enumerate(fix.steps, 1):
        where = f"step {number} of {len(fix.steps)}"

        def told(seconds: float, text: str, where: str = where) -> None:
            tick(seconds, f"{where}: {text}" if text else where)

        try:
            situation = _after(situation, Done(step, _do(env, step, situation, told)))
        except StepFailed as failed:
            half = (
                replace(situation, done=(*situation.done, Done(step, failed.undo)))
                if failed.undo
                else situation
            )
            return Ended(half, str(failed), failed.stopped)
        except KeyboardInterrupt:
            return Ended(situation, "it was interrupted", stopped=True)
        kept(situation)
    return Ended(situation)


def _after(situation: Situation, done: Done) -> Situation:
    step, located, variables = done.step, situation.located, dict(situation.variables)
    if isinstance(step, UnsetEnv):
        variables.pop(step.name, None)
    elif isinstance(step, SetEnv):
        variables[step.name] = step.value
    elif isinstance(step, UsePython):
        located = Located((step.python,), "the Python that the fix names")
        variables["PATH"] = f"{Path(step.python).parent}{os.pathsep}{variables.get('PATH', '')}"
    return Situation(located, variables, (*situation.done, done))


def take_back(
    env: Environment, steps: tuple[Step, ...], tick: Tick
) -> tuple[tuple[Step, ...], StepFailed | None]:
    """Carry out the steps of an undo: those that are left when one failed, and why."""
    situation = Situation(env.located, dict(env.variables))
    for number, step in enumerate(steps):
        try:
            _do(env, step, situation, tick)
        except StepFailed as failed:
            return steps[number:], failed
        except KeyboardInterrupt:
            return steps[number:], StepFailed("it was interrupted", stopped=True)
    return (), None


def _do(env: Environment, step: Step, situation: Situation, tick: Tick) -> tuple[Step, ...]:
    """Carry out one step and give what takes it back."""
    if why := refuse(env, step):
        raise StepFailed(why)
    if isinstance(step, Run):
        return _run(env, step, situation, tick)
    if isinstance(step, Rename):
        return _rename(Path(step.source), Path(step.to))
    return _write(step) if isinstance(step, Write) else ()


def _rename(source: Path, to: Path) -> tuple[Step, ...]:
    """Nothing is ever overwritten: what stands at the new place is moved aside first."""
    if not os.path.lexists(source):
        raise StepFailed(f"{source} cannot be renamed to {to.name}: it is not there")
    aside = _aside(to)
    try:
        source.rename(to)
    except OSError as error:
        raise StepFailed(
            f"{source} cannot be renamed to {to.name}: {error.strerror}", aside
        ) from error
    return (Rename(str(to), str(source)), *aside)


def _write(step: Write) -> tuple[Step, ...]:
    path = Path(step.path)
    aside = _aside(path)
    try:
        path.write_text(step.text, encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        half: tuple[Step, ...] = (
            (Rename(step.path, backup_name(path)),) if os.path.lexists(path) else ()
        )
        raise StepFailed(f"{path} cannot be written: {error.strerror}", (*half, *aside)) from error
    # The name that it gets then: what was moved aside just now is back in its place by that time.
    return (Rename(step.path, backup_name(path)), *aside)


def _aside(path: Path) -> tuple[Step, ...]:
    """Move what is there to its backup name, and give the step that brings it back."""
    if not os.path.lexists(path):
        return ()
    name = backup_name(path)
    try:
        path.rename(name)
    except OSError as error:
        raise StepFailed(f"{path} cannot be moved aside: {error.strerror}") from error
    return (Rename(name, str(path)),)


def _run(env: Environment, step: Run, situation: Situation, tick: Tick) -> tuple[Step, ...]:
    fresh = [one.source for one in situation.way_back if isinstance(one, Rename)]
    command = _python_of(step, situation)
    before = snapshot.take(env, command)
    failed = _follow(env, step, situation, tick, before)
    # What an earlier step of this fix made is moved aside as a whole: there is no need to empty it first.
    inside_new = any(command.startswith(place + os.sep) for place in fresh)
    undo = () if inside_new else snapshot.way_back(env, before, step.argv)
    if failed is not None:
        raise StepFailed(str(failed), undo, stopped=failed.stopped)
    return undo


def _follow(
    env: Environment, step: Run, situation: Situation, tick: Tick, before: snapshot.Snapshot
) -> StepFailed | None:
    """Run the command to its end; None when it did what it should."""
    line = " ".join(step.argv)
    gone: dict[str, str | None] = {
        name: None for name in env.variables if name not in situation.variables
    }
    try:
        running = env.start(step.argv, cwd=env.folder, variables={**gone, **situation.variables})
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
        _farewell(running)
        return StepFailed(f"`{line}` was interrupted", stopped=True)
    finally:
        code = running.code
        running.end()
    if code == 0:
        return None
    words = (running.stderr.text().strip() or running.stdout.text().strip())[-600:]
    return StepFailed(f"`{line}` ended with {code}: {words}")


def _farewell(running: Running) -> None:
    """What Ctrl-C does to a command in a terminal: it may still put its own things away. A second one ends it at once."""
    if sys.platform == "win32":
        return
    running.interrupt()
    try:
        running.wait(FAREWELL)
    except KeyboardInterrupt:
        return


def _progress(running: Running, before: snapshot.Snapshot) -> str:
    """The last line that the command printed; how many packages have come, once it prints no more."""
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


def _python_of(step: Run, situation: Situation) -> str:
    """The interpreter that a command works for: itself, when it is one, or the one that it names."""
    for word in step.argv:
        if Path(word).name.lower().removesuffix(".exe").startswith("python") and os.path.isabs(  # noqa: PTH117
            word
        ):
            return word
    return situation.located.command[0]
