"""The line that installs all that a list names, by whoever the list is for: pip, conda, the manager of its project."""

from __future__ import annotations

from pathlib import Path

from envcheck.environment import Environment
from envcheck.fixes.advice import installer
from envcheck.target import project_tools as tools
from envcheck.target import shells, uv_workspaces
from envcheck.target.interpreter import Interpreter
from envcheck.target.project_homes import has_mark

PIP_LISTS, CONDAS_LISTS = (".txt", ".in"), (".yml", ".yaml")


def line(env: Environment, python: Interpreter, file: Path) -> str:
    """For the learner's shell; empty where pip would have to change a Python of the system's."""
    argv = _by_manager(file)
    if not argv and python.is_environment:
        named = ("-r", str(file)) if file.suffix in PIP_LISTS else (str(file.parent),)
        argv = (*installer(env, python), *named)
    return shells.command(argv, shells.learners(env.variables)) if argv else ""


def _by_manager(file: Path) -> tuple[str, ...]:
    """conda's, or that of the manager whose project the list is; empty where it is of none."""
    if file.suffix in PIP_LISTS:
        return ()
    if file.suffix in CONDAS_LISTS:
        return ("conda", "env", "update", "--file", str(file))
    for tool in tools.TOOLS:
        root = uv_workspaces.root_of(file.parent) if tool is tools.UV else file.parent
        if tool.add and has_mark(tool, root):
            others = tool.others if uv_workspaces.members(root) else ()
            where = (word.replace(tools.FOLDER, str(root)) for word in tool.elsewhere)
            words = (word for word in tool.sync if word != tools.CHOSEN)
            return (tool.program, *words, *others, *where)
    return ()
