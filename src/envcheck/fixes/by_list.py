"""The line that installs all that a list names, by whoever reads that list: pip, conda, the manager of its project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from envcheck.declared import misnamed
from envcheck.environment import Environment
from envcheck.fixes.advice import installer
from envcheck.target import project_tools as tools
from envcheck.target import shells, uv_workspaces
from envcheck.target.interpreter import Interpreter
from envcheck.target.project_files import table
from envcheck.target.project_homes import has_mark, is_there
from envcheck.target.project_tools import ProjectTool

PIP_LISTS, CONDAS_LISTS = (".txt", ".in"), (".yml", ".yaml")
NO_PACKAGES = ("runtime.txt", ".python-version")
# Lists that one manager has for its own; pyproject.toml has room for all others.
OWN_LISTS = {"Pipfile": tools.PIPENV, "pixi.toml": tools.PIXI}
SHARED = "pyproject.toml"


def line(env: Environment, python: Interpreter, file: Path) -> str:
    """For the learner's shell; empty where nobody installs from it, where it would bring a stranger's
    package, or pip would have to change a Python of the system's.
    """
    if file.name in NO_PACKAGES or misnamed.told_of(file):
        return ""
    if file.suffix in CONDAS_LISTS:
        argv: tuple[str, ...] = ("conda", "env", "update", "--file", str(file))
    elif tool := next(_managers(file), None):
        argv = _by_manager(env, tool, file)
    else:
        named = _for_pip(file) if python.is_environment else ()
        argv = (*installer(env, python), *named) if named else ()
    return shells.command(argv, shells.learners(env.variables)) if argv else ""


def _managers(file: Path) -> Iterator[ProjectTool]:
    """Those who read this file: what else lies in its folder is another list."""
    if file.name in OWN_LISTS:
        yield OWN_LISTS[file.name]
    if file.name == SHARED:
        others = (tool for tool in tools.TOOLS if tool.add and tool is not tools.PIPENV)
        yield from (tool for tool in others if has_mark(tool, _root(tool, file)))


def _root(tool: ProjectTool, file: Path) -> Path:
    return uv_workspaces.root_of(file.parent) if tool is tools.UV else file.parent


def _by_manager(env: Environment, tool: ProjectTool, file: Path) -> tuple[str, ...]:
    """Empty for one that knows no word for another folder than the learner's: it would begin a project
    there.
    """
    root = _root(tool, file)
    if not tool.elsewhere and root not in (env.folder, *env.folder.parents):
        return ()
    others = tool.others if tool is tools.UV and uv_workspaces.members(root) else ()
    place = file if tool is tools.PIXI else root  # in one folder it may have either list
    where = (word.replace(tools.FOLDER, str(place)) for word in tool.elsewhere)
    words = (word for word in tool.sync if word != tools.CHOSEN)
    return (tool.program, *words, *others, *where)


def _for_pip(file: Path) -> tuple[str, ...]:
    """What pip is told; empty for a folder that it refuses, or in which it would install nothing."""
    if file.suffix in PIP_LISTS:
        return ("-r", str(file))
    project = table(file.parent / SHARED).keys() & {"project", "build-system"}
    return (str(file.parent),) if project or is_there(file.parent / "setup.py") else ()
