"""To which projects an environment may belong, by the marks that each manager leaves."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from envcheck import foreign_file
from envcheck.target import project_tools as tools
from envcheck.target import uv_workspaces
from envcheck.target.interpreter import Interpreter
from envcheck.target.project_files import inside, table
from envcheck.target.project_tools import ProjectTool

# What Poetry has a terminal say of the environments that it makes
POETRYS = re.compile(r"^prompt = .*-py\d+\.\d+", re.MULTILINE)
DEFAULT = "default"  # pixi's and Hatch's name for the environment that every project has


@dataclass(frozen=True)
class Around:
    """An environment, the folders in which its project may be, the one that holds it first, and the
    name of the environment that uv makes.
    """

    python: Interpreter
    folders: tuple[Path, ...]
    uv_name: str = ".venv"


@dataclass(frozen=True)
class Home:
    """The folder of a project to which an environment may belong, whether its manager made it, and
    the words that name this environment among several of that project.
    """

    folder: Path
    made: bool = True
    chosen: tuple[str, ...] = ()


Homes = Iterator[Home]


def _of_uv(around: Around) -> Homes:
    python = around.python
    for folder in around.folders:
        root = uv_workspaces.root_of(folder)
        if has_mark(tools.UV, root) and python.is_at(root / around.uv_name):
            yield Home(root, python.kind == "uv")


def _of_poetry(around: Around) -> Homes:
    prefix = Path(around.python.prefix)
    if prefix.name == ".venv" and has_mark(tools.POETRY, prefix.parent):
        yield Home(
            prefix.parent,
            bool(POETRYS.search(foreign_file.text_or_nothing(prefix / "pyvenv.cfg").strip())),
        )
    for folder in around.folders:
        if any(f"-{digest}-py" in prefix.name for digest in digests(folder)):
            yield Home(folder)


def _of_pdm(around: Around) -> Homes:
    python = around.python
    for folder in around.folders:
        told = foreign_file.text_or_nothing(folder / ".pdm-python").strip()
        if told and python.is_at(Path(told).parent.parent):
            yield Home(folder)
        elif has_mark(tools.PDM, folder) and python.is_at(folder / ".venv"):
            yield Home(folder, made=False)


def _of_pipenv(around: Around) -> Homes:
    prefix = Path(around.python.prefix)
    named = foreign_file.text_or_nothing(prefix / ".project").strip()
    if named and is_there(Path(named, "Pipfile")):
        yield Home(Path(named))
    elif prefix.name == ".venv" and has_mark(tools.PIPENV, prefix.parent):
        yield Home(prefix.parent, made=False)


def _of_pixi(around: Around) -> Homes:
    prefix = Path(around.python.prefix)
    words = chosen(tools.PIXI, prefix)
    manifest = table(prefix / "conda-meta" / "pixi").get("manifest_path")
    if isinstance(manifest, str) and is_there(Path(manifest)):
        yield Home(Path(manifest).parent, True, words)
    elif prefix.parent.name == "envs" and prefix.parent.parent.name == ".pixi":
        yield Home(prefix.parents[2], True, words)


def _of_rye(around: Around) -> Homes:
    prefix = Path(around.python.prefix)
    made = is_there(prefix / "rye-venv.json")
    if made or (prefix.name == ".venv" and has_mark(tools.RYE, prefix.parent)):
        yield Home(prefix.parent, made)


def _of_hatch(around: Around) -> Homes:
    python = around.python
    for folder in around.folders:
        whole = table(folder / "pyproject.toml")
        rows = inside(whole, "tool", "hatch", "envs")
        place = Path(python.prefix)
        named = [
            name
            for name in rows
            if (at := inside(rows, name).get("path")) and python.is_at(folder / str(at))
        ]
        if named:
            yield Home(folder, True, _words(tools.HATCH, named[0]))
        elif place.parent.name in digests(folder):
            yield Home(folder, True, chosen(tools.HATCH, place))


HOMES: Mapping[str, Callable[[Around], Homes]] = {
    "uv": _of_uv,
    "poetry": _of_poetry,
    "pdm": _of_pdm,
    "pixi": _of_pixi,
    "rye": _of_rye,
    "pipenv": _of_pipenv,
    "hatch": _of_hatch,
}


def has_mark(tool: ProjectTool, folder: Path) -> bool:
    """Whether the files of a project of this manager lie in a folder."""
    if tool is tools.PIPENV:
        return is_there(folder / "Pipfile")
    whole = table(folder / "pyproject.toml")
    own = inside(whole, "tool", tool.program)
    if tool is tools.RYE:
        return bool(own.get("managed"))
    if not whole or own.get("managed") is False:
        return False
    alone = (tool is tools.POETRY and bool(own)) or (tool is tools.UV and "workspace" in own)
    declares = "project" in whole or alone
    # uv's and PDM's tables may hold only what building, or a pip without a project, goes by.
    return declares and (
        is_there(folder / f"{tool.program}.lock") or bool(own.keys() - {"pip", "build", "version"})
    )


def is_project(tool: ProjectTool, folder: Path) -> bool:
    """As `has_mark`, or by a list that this manager has for its own."""
    return has_mark(tool, folder) or (tool is tools.PIXI and is_there(folder / "pixi.toml"))


def chosen(tool: ProjectTool, place: Path) -> tuple[str, ...]:
    """The words that name the environment at this place among several of one project."""
    return _words(tool, DEFAULT if is_default(tool, place) else place.name)


def is_default(tool: ProjectTool, place: Path) -> bool:
    """Whether it is the one that is meant where none is named; Hatch calls that as the project."""
    return place.name == (place.parent.parent.name if tool is tools.HATCH else DEFAULT)


def _words(tool: ProjectTool, name: str) -> tuple[str, ...]:
    return (tool.one_of, name) if tool.one_of and name != DEFAULT else ()


def digests(folder: Path) -> set[str]:
    """How Hatch and Poetry tell the folders of projects apart in the names of environments."""
    written = {str(folder), os.path.normcase(os.path.realpath(folder))}
    digests = (hashlib.sha256(path.encode("utf-8", "replace")).digest() for path in written)
    return {base64.urlsafe_b64encode(digest)[:8].decode() for digest in digests}


def is_there(file: Path) -> bool:
    """Whether the file is there; False also where a folder on the way may not be entered."""
    return os.path.exists(file)  # Path's raises where a folder may not be entered
