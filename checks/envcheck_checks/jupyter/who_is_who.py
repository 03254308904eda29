"""Who is who: the commands a learner types, and which environment each of them belongs to."""

from __future__ import annotations

from envcheck import Environment
from envcheck.target.interpreter import Interpreter, target
from envcheck_checks.commands.facts import on_path, prefix_of_running
from envcheck_checks.jupyter.facts import learners_jupyter


def who_is_who(env: Environment) -> str:
    """A small table: what is typed, which file that is, and the environment it works in."""
    found = target(env)
    if not isinstance(found, Interpreter):
        return f"The Python under test does not answer: {env.located.command[0]} ({env.located.rule})\n"
    rows = [("the target", found.executable, found.prefix)]
    for name in ("python3", "python", "pip", "jupyter"):
        command = on_path(env, name)
        if command is None:
            rows.append((name, "not on PATH", ""))
        else:
            prefix = (
                prefix_of_running(env, command.path)
                if name.startswith("python")
                else command.prefix
            )
            rows.append((name, command.path, prefix or "unknown"))
    spec = learners_jupyter(env).spec
    rows.append(
        ("kernel python3", spec.python, prefix_of_running(env, spec.python) or "no environment")
        if spec
        else ("kernel python3", "none", "")
    )
    lines = [f"Python {found.version}, {found.kind}: {env.located.rule}", ""]
    for label, path, prefix in rows:
        same = (
            ""
            if not prefix
            else "the target's environment"
            if found.is_at(prefix)
            else f"ANOTHER environment: {prefix}"
        )
        lines.append(f"  {label:<15} {path}")
        if same:
            lines.append(f"  {'':<15} {same}")
    return "\n".join(lines) + "\n"
