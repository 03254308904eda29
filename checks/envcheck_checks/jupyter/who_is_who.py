"""Who is who: the commands a learner types, and which environment each of them belongs to."""

from __future__ import annotations

from envcheck import Environment
from envcheck.target.interpreter import Interpreter, target
from envcheck_checks.commands.facts import on_path, prefix_of_running
from envcheck_checks.jupyter.facts import learners_jupyter

Row = tuple[str, str, str]  # what is typed, its file, and the prefix of its environment


def who_is_who(env: Environment) -> str:
    """A small table: what is typed, which file that is, and the environment it works in."""
    python = target(env)
    if not isinstance(python, Interpreter):
        return f"The Python under test does not answer: {env.located.command[0]} ({env.located.rule})\n"
    commands = [_command(env, name) for name in ("python3", "python", "pip", "jupyter")]
    rows = [("the target", python.executable, python.prefix), *commands, _kernel(env)]
    lines = [f"Python {python.version}, {python.kind}: {env.located.rule}", ""]
    for label, path, prefix in rows:
        lines.append(f"  {label:<15} {path}")
        if prefix:
            same = python.is_at(prefix)
            which = "the target's environment" if same else f"ANOTHER environment: {prefix}"
            lines.append(f"  {'':<15} {which}")
    return "\n".join(lines) + "\n"


def _command(env: Environment, name: str) -> Row:
    """What a terminal starts at this name, and the environment that it works in."""
    command = on_path(env, name)
    if command is None:
        return name, "not on PATH", ""
    is_python = name.startswith("python")
    prefix = prefix_of_running(env, command.path) if is_python else command.prefix
    return name, command.path, prefix or "unknown"


def _kernel(env: Environment) -> Row:
    """What the learner's Jupyter starts for a notebook."""
    spec = learners_jupyter(env).spec
    if spec is None:
        return "kernel python3", "none", ""
    return "kernel python3", spec.python, prefix_of_running(env, spec.python) or "no environment"
