"""Programs that keep in files what a project needs, and bring its environment to that: uv, Poetry,
PDM, Pipenv, pixi, Rye, Hatch. What is installed past them is taken away again, or is nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from envcheck.target import shells

NAMES = "{names}"  # in a command: each requirement, as a word of its own
FOLDER = "{folder}"  # in a word: the project's folder
CHOSEN = "{chosen}"  # the words that name one of a project's environments, where it has several


@dataclass(frozen=True)
class ProjectTool:
    """A manager's words. `sync` installs what is declared, `add` declares and installs, `upgrade`
    and `again` are for what is declared and there; no words where it knows no such thing.

    `others` has `sync` install the other members of a workspace too;
    `elsewhere` names the project for who stands in another folder; `keeping` keeps what `sync`
    would take away; `extra` and `group` name, before its name, what `sync` leaves out by itself;
    `shell` opens a terminal in an environment that has no activation script; `one_of` names, before
    its name, one of a project's environments.
    """

    name: str
    program: str
    home: str
    sync: tuple[str, ...]
    add: tuple[str, ...]
    upgrade: tuple[str, ...]
    again: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    run: tuple[str, ...] = ("run",)
    elsewhere: tuple[str, ...] = ()
    keeping: tuple[str, ...] = ()
    extra: str = ""
    group: str = ""
    shell: tuple[str, ...] = ()
    one_of: str = ""
    makes_venv: bool = False  # `.venv` in the project's folder


UV = ProjectTool(
    "uv",
    "uv",
    "https://docs.astral.sh/uv/getting-started/installation/",
    sync=("sync",),
    add=("add", NAMES),
    upgrade=("sync", "--upgrade-package", NAMES),
    # Its cache holds what was written into a file of the environment, for they are one by a link;
    # this takes the cache's anew too.
    again=("sync", "--reinstall-package", NAMES),
    others=("--all-packages",),
    elsewhere=("--project", FOLDER),
    keeping=("--inexact",),
    extra="--extra",
    group="--group",
    makes_venv=True,
)
POETRY = ProjectTool(
    "Poetry",
    "poetry",
    "https://python-poetry.org/docs/#installation",
    sync=("install", "--no-root"),
    add=("add", NAMES),
    upgrade=("update", NAMES),
    elsewhere=("--directory", FOLDER),
    extra="--extras",
    group="--with",
)
PDM = ProjectTool(
    "PDM",
    "pdm",
    "https://pdm-project.org/en/latest/#installation",
    sync=("install", "--no-self"),
    add=("add", "--no-self", NAMES),
    upgrade=("update", "--no-self", NAMES),
    elsewhere=("--project", FOLDER),
    extra="--group",
    group="--group",
    makes_venv=True,
)
PIPENV = ProjectTool(
    "Pipenv",
    "pipenv",
    "https://pipenv.pypa.io/en/latest/installation.html",
    sync=("install",),
    add=("install", NAMES),
    upgrade=("update", NAMES),
    group="--categories",
)
PIXI = ProjectTool(
    "pixi",
    "pixi",
    "https://pixi.sh/latest/installation/",
    sync=("install", CHOSEN),
    add=("add", NAMES),
    upgrade=("update", CHOSEN, NAMES),
    again=("reinstall", CHOSEN, NAMES),
    elsewhere=("--manifest-path", FOLDER),
    shell=("shell", CHOSEN),
    one_of="--environment",
)
RYE = ProjectTool(
    "Rye",
    "rye",
    "https://rye.astral.sh/guide/installation/",
    sync=("sync",),
    add=("add", "--sync", NAMES),
    upgrade=("sync", "--update", NAMES),
    elsewhere=("--pyproject", f"{FOLDER}/pyproject.toml"),
    makes_venv=True,
)
HATCH = ProjectTool(
    "Hatch",
    "hatch",
    "https://hatch.pypa.io/latest/install/",
    sync=(
        CHOSEN,
        "run",
        "python",
        "--version",
    ),  # whatever it runs, it installs what is declared first
    add=(),
    upgrade=(),
    one_of="--env",
)
TOOLS = (UV, POETRY, PDM, PIXI, RYE, PIPENV, HATCH)


def shell_line(
    tool: ProjectTool, program: str, chosen: Sequence[str], variables: Mapping[str, str]
) -> str:
    """The line, for the learner's shell, that opens a terminal in an environment without an activation
    script.
    """
    filled = (chosen if word == CHOSEN else (word,) for word in tool.shell)
    argv = (program or tool.program, *(word for row in filled for word in row))
    return shells.command(argv, shells.learners(variables))
