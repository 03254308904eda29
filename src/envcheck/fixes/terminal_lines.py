"""What learners must do in their own shell, since no program can do it for them: in this terminal,
and for new ones.
"""

from __future__ import annotations

from collections.abc import Sequence

from envcheck.environment import Environment
from envcheck.model import SetEnv, Step, UnsetEnv, UsePython
from envcheck.target import shells
from envcheck.target.startup_files import kept_in, set_in

SETTINGS = "`Edit environment variables for your account` in the Start menu"


def environment_lines(env: Environment, steps: Sequence[Step]) -> list[str]:
    """One line a change, four spaces in as what can be pasted; then where it is set, or where it
    is kept for new terminals.
    """
    shell = shells.learners(env.variables)
    lines: list[str] = []
    for step in steps:
        if isinstance(step, UnsetEnv | SetEnv):
            lines += [f"    {shells.script((step,), shell)}", *_for_good(env, step, shell)]
        elif isinstance(step, UsePython):
            line = shells.script((step,), shell)
            typed = shells.command((step.python,), shell)
            shown = [f"    {part}" for part in line.splitlines()]
            lines += shown if line else ["  Instead of `python` type:", f"    {typed}"]
    return lines


def _for_good(env: Environment, step: UnsetEnv | SetEnv, shell: str) -> list[str]:
    if places := set_in(env, step.name):
        return [
            f"  And for new terminals: change {place}, where {step.name} is set" for place in places
        ]
    if isinstance(step, SetEnv) and (file := kept_in(env.variables)):
        return [f"  And for new terminals: add that line to {file}"]
    if isinstance(step, SetEnv):
        keep = shells.command(("setx", step.name, step.value), shell)
        return ["  And for new terminals:", f"    {keep}"]
    if shell in shells.WINDOWS:
        return [f"  And for new terminals: take {step.name} out in {SETTINGS}, if it is there"]
    return []
