"""Whether an environment is a project's, and whose hands it is in: found from the environment's own
folder, and from the folder where the learner stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from envcheck.environment import Environment
from envcheck.places import lies_in
from envcheck.target import kept_elsewhere, uv_workspaces
from envcheck.target import project_tools as tools
from envcheck.target.course_folder import (
    UV_NAMES,
    course_folders,
    own_environments,
)
from envcheck.target.course_folder import (
    has_mark as is_marked,
)
from envcheck.target.home import home_of
from envcheck.target.interpreter import Interpreter
from envcheck.target.kept_elsewhere import Kept
from envcheck.target.managers import starter
from envcheck.target.project_files import Needed, needed
from envcheck.target.project_homes import HOMES, Around, chosen, is_project, is_there
from envcheck.target.project_tools import ProjectTool


@dataclass(frozen=True)
class Project:
    """An environment's project: its manager, the manager's program (empty where this machine has
    none), and what it installs there. `standing` says that the learner stands inside of it;
    `chosen` are the words that name this environment where the project has several, `kept` is its
    place where its manager keeps it apart.
    """

    tool: ProjectTool
    folder: Path
    program: str
    standing: bool = True
    chosen: tuple[str, ...] = ()
    needs: Mapping[str, Needed] = field(default_factory=dict)
    kept: str = ""


@dataclass(frozen=True)
class Another:
    """Why an environment is not the course's: `place` is the course's own environment, or the folder
    that its manager has in hand, where `is_here`; else the folder of the project that it belongs to.
    """

    place: str
    is_here: bool


def project_of(env: Environment, python: Interpreter) -> Project | None:
    """The project that this environment belongs to; None for one that pip or conda have in hand."""
    return env.look_up(f"project of {python.prefix}", lambda env: _find(env, python))


def project_here(env: Environment) -> Project | None:
    """The project in the learner's folder whose manager keeps an environment for it, or would make
    one and is on this machine. `kept` is empty where there is none yet, or it is the `.venv` there.
    """
    folders = course_folders(env.folder, env.variables)
    for kept in kept_elsewhere.environments(env.variables, folders):
        return _keeping(env, kept)
    for folder in folders:
        for tool in tools.TOOLS:
            root = uv_workspaces.root_of(folder) if tool is tools.UV else folder
            if is_project(tool, root) and (program := starter(env, tool.program)):
                return _project(env, tool, root, program)
    return None


def project_kept_at(env: Environment, place: Path) -> Project | None:
    """The learner's project whose manager keeps the environment at this place for it."""
    folders = course_folders(env.folder, env.variables)
    all_kept = kept_elsewhere.environments(env.variables, folders)
    return next((_keeping(env, kept) for kept in all_kept if kept.place == place), None)


def of_another(env: Environment, python: Interpreter) -> Another | None:
    """What says that an environment, which is only active in this terminal, is not the course's here;
    None where nothing does.
    """
    return env.look_up(f"another's {python.prefix}", lambda env: _of_another(env, python))


def _of_another(env: Environment, python: Interpreter) -> Another | None:
    course = course_folders(env.folder, env.variables)[-1]
    if env.located.chosen or not python.is_environment or lies_in(python.prefix, course):
        return None
    own = [env.located.beside] if env.located.beside else []
    own += map(str, own_environments(env.folder, env.variables))
    project = project_of(env, python)
    if (project is not None and project.standing) or any(map(python.is_at, own)):
        return None
    here = project_here(env)
    # The others go by the environment that is active in the terminal, whose ever it is.
    if here is not None and (here.kept or here.tool.makes_venv):
        own.append(here.kept or str(here.folder))
    if own:
        return Another(own[0], is_here=True)
    around = course_folders(Path(python.prefix).parent, env.variables)[-1]
    theirs = (env.folder, home_of(env.variables))
    if not is_marked(around) or any(lies_in(place, around) for place in theirs):
        return None
    return Another(str(around), is_here=False)


def _find(env: Environment, python: Interpreter) -> Project | None:
    if not python.is_environment:
        return None
    folders = dict.fromkeys(
        [Path(python.prefix).parent, *course_folders(env.folder, env.variables)]
    )
    around = Around(python, tuple(folders), env.variables.get(UV_NAMES) or ".venv")
    homes = [(tool, home) for tool in tools.TOOLS for home in HOMES[tool.program](around)]
    # The one that made it goes before one that could take it over.
    for tool, home in sorted(homes, key=lambda row: not row[1].made):
        program = starter(env, tool.program)
        if home.made or program:
            return replace(_project(env, tool, home.folder, program), chosen=home.chosen)
    return None


def _keeping(env: Environment, kept: Kept) -> Project:
    project = _project(env, kept.tool, kept.folder, starter(env, kept.tool.program))
    return replace(project, kept=str(kept.place), chosen=chosen(kept.tool, kept.place))


def _project(env: Environment, tool: ProjectTool, folder: Path, program: str) -> Project:
    chain = [env.folder, *env.folder.parents]
    standing = folder in chain
    below = chain[: chain.index(folder) + 1] if standing else [folder]
    member = next((place for place in below if is_there(place / "pyproject.toml")), folder)
    others = _others(tool, folder, member)
    return Project(tool, folder, program, standing, needs=needed(tool, folder, member, others))


def _others(tool: ProjectTool, folder: Path, member: Path) -> list[Path]:
    """The other projects that share this environment."""
    sharing = [folder, *uv_workspaces.members(folder)] if tool is tools.UV else []
    return [place for place in sharing if place != member]
