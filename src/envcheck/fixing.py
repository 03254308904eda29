"""Carries out a fix, step by step, stops at the first that fails, and knows how each step is taken back."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from envcheck import advice
from envcheck.environment import Environment, Located
from envcheck.model import Fix, Rename, Run, SetEnv, Step, UnsetEnv, UsePython, Write
from envcheck.python import Interpreter, question

STEP_SECONDS = 1800.0  # an installation over a slow line

Say = Callable[[str], None]


class StepFailed(Exception):
    """A step did not do what it should; what was done before it is in the record."""


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


def carry_out(env: Environment, fix: Fix, situation: Situation, say: Say) -> tuple[Situation, str]:
    """The situation after the steps, and why the last one failed; empty when all went well."""
    for step in fix.steps:
        try:
            done = Done(step, _do(env, step, situation, say))
        except StepFailed as failed:
            return situation, str(failed)
        situation = _after(situation, done)
    return situation, ""


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


def take_back(env: Environment, steps: tuple[Step, ...], say: Say) -> None:
    """Carry out the steps of an undo. Raises StepFailed."""
    for step in steps:
        _do(env, step, Situation(env.located, dict(env.variables)), say)


def _do(env: Environment, step: Step, situation: Situation, say: Say) -> tuple[Step, ...]:
    """Carry out one step and give what takes it back."""
    if isinstance(step, Run):
        return _run(env, step, situation, say)
    if isinstance(step, Rename):
        return _rename(step)
    return _write(step) if isinstance(step, Write) else ()


def _rename(step: Rename) -> tuple[Step, ...]:
    """Nothing is ever overwritten: what stands at the new place is moved aside first."""
    source, to = Path(step.source), Path(step.to)
    undo: tuple[Step, ...] = (Rename(step.to, step.source),)
    try:
        if os.path.lexists(to):
            aside = backup_name(to)
            to.rename(aside)
            undo = (*undo, Rename(aside, step.to))
        source.rename(to)
    except OSError as error:
        raise StepFailed(f"{source} cannot be renamed to {to.name}: {error.strerror}") from error
    return undo


def _write(step: Write) -> tuple[Step, ...]:
    path = Path(step.path)
    old: tuple[Step, ...] = ()
    try:
        if os.path.lexists(path):
            aside = backup_name(path)
            path.rename(aside)
            old = (Rename(aside, step.path),)
        path.write_text(step.text, encoding="utf-8")
    except OSError as error:
        raise StepFailed(f"{path} cannot be written: {error.strerror}") from error
    return (Rename(step.path, backup_name(path)), *old)


def _run(env: Environment, step: Run, situation: Situation, say: Say) -> tuple[Step, ...]:
    _refuse_elevation(step)
    python = _python_of(step, situation)
    folder, before = set(_entries(env.folder)), question(env, (python,))
    variables: dict[str, str | None] = {name: None for name in env.variables if name not in situation.variables}
    try:
        running = env.start(step.argv, cwd=env.folder, variables={**variables, **situation.variables})
    except OSError as error:
        raise StepFailed(f"{step.argv[0]} cannot be started: {error.strerror}") from error
    waited = 0.0
    while not running.wait(1.0):
        waited += 1.0
        if waited % 5 == 0:
            say(f"... {waited:.0f} s: {_last_line(running.stdout.text())}")
        if waited > STEP_SECONDS:
            running.end()
            raise StepFailed(f"`{' '.join(step.argv)}` did not end within {STEP_SECONDS / 60:.0f} minutes")
    running.end()
    if running.code != 0:
        words = (running.stderr.text().strip() or running.stdout.text().strip())[-600:]
        raise StepFailed(f"`{' '.join(step.argv)}` ended with {running.code}: {words}")
    made = sorted(set(_entries(env.folder)) - folder)
    moved = tuple(Rename(str(env.folder / name), backup_name(env.folder / name)) for name in made)
    return moved or _back_to(env, python, before)


def _back_to(env: Environment, python: str, before: object) -> tuple[Step, ...]:
    """What brings the installed distributions back to those of before."""
    after = question(env, (python,))
    if not isinstance(before, Interpreter) or not isinstance(after, Interpreter):
        return ()
    old = {one.name: one.version for one in before.distributions if one.version}
    new = {one.name: one.version for one in after.distributions if one.version}
    added = sorted(new.keys() - old.keys())
    changed = [f"{name}=={version}" for name, version in sorted(old.items()) if new.get(name) != version]
    return tuple(Run(argv) for argv in advice.restore(env, after, added, changed))


def _python_of(step: Run, situation: Situation) -> str:
    """The interpreter that a command works for: itself, when it is one, or the one that it names."""
    for word in step.argv:
        if Path(word).name.lower().removesuffix(".exe").startswith("python") and os.path.isabs(word):  # noqa: PTH117
            return word
    return situation.located.command[0]


def backup_name(path: Path) -> str:
    """NAME.envcheck-backup-N, the first N that is free."""
    return next(name for number in range(1, 10_000) if not os.path.lexists(name := f"{path}.envcheck-backup-{number}"))


def environment_lines(env: Environment, done: tuple[Done, ...]) -> list[str]:
    """What the learner must do in their own shell, since no program can: one line a change, and where it is set."""
    lines = []
    for one in done:
        step = one.step
        if isinstance(step, UnsetEnv | SetEnv):
            lines += [advice.shell_line(env, step), *(f"and in {place}" for place in advice.set_in(env, step.name))]
        elif isinstance(step, UsePython):
            lines.append(advice.activation(env, str(Path(step.python).parent.parent)))
    return lines


def _refuse_elevation(step: Run) -> None:
    """sudo is printed, never run."""
    if Path(step.argv[0]).name in ("sudo", "doas", "runas", "pkexec"):
        raise StepFailed("this fix needs an administrator's rights, which envcheck never takes by itself")


def _entries(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:
        return []


def _last_line(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return lines[-1].strip()[:70] if lines else ""

