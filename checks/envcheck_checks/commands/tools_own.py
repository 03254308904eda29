"""A Jupyter that `uv tool install` or pipx has put into an environment of its own: it starts, and
sees nothing of what the course's Python has.
"""

from __future__ import annotations

import os
from pathlib import Path

from envcheck import Environment, fact
from envcheck_checks.commands.facts import Command, on_path

# `jupyter` itself belongs to jupyter-core: a tool that is installed alone has the others only.
NAMES = ("jupyter", "jupyter-lab", "jupyter-notebook")
MARKS = {"uv-receipt.toml": "uv tool install", "pipx_metadata.json": "pipx"}


def tool_of(prefix: str | None) -> str:
    """What made an environment for one tool alone, by the mark that it leaves; empty for any
    other.
    """
    return next(
        (by for mark, by in MARKS.items() if prefix and os.path.isfile(Path(prefix, mark))), ""
    )


@fact
def tools_jupyter(env: Environment) -> tuple[str, Command] | None:
    """The first command of Jupyter's on PATH that lives in a tool's own environment, by its name."""
    for name in NAMES:
        command = on_path(env, name)
        if command is not None and tool_of(command.prefix):
            return name, command
    return None


def spoken(env: Environment) -> str:
    """Where that Jupyter lives, as a sentence says it; empty where there is none."""
    tool = tools_jupyter(env)
    if tool is None:
        return ""
    name, command = tool
    return f"`{name}` lives in an environment of its own ({tool_of(command.prefix)}), which does not see this Python's packages"
