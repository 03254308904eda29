"""What a project's files say that it needs: declared by its authors, and locked by its manager.
Files of others: whatever cannot be read says nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from envcheck import foreign_file
from envcheck.shape import ANY_OBJECT, read_object
from envcheck.target.project_tools import ProjectTool
from envcheck.versions import normal_name

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Table = Mapping[str, Any]
LARGEST = 8_000_000  # bytes of a project's file or lock
MOST_DOTS = 5000  # of a line: for a name with so many parts tomllib takes minutes
NAME = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)")
CONDA_FILE = re.compile(r"/([A-Za-z0-9_.-]+)-([^-/\s]+)-[^-/\s]+\.(?:conda|tar\.bz2)\b")
PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==([^\s;]+)", re.MULTILINE)


@dataclass(frozen=True)
class Needed:
    """A distribution that the project's manager installs. `version` is the locked one, empty where
    none is known; `options` are what its command must be given so that it does.
    """

    version: str = ""
    options: tuple[str, ...] = ()


def table(file: Path) -> Table:
    """A TOML or JSON file as a table; empty where there is none that can be read."""
    try:
        text = foreign_file.content(file, LARGEST).decode()
        if any(line.count(".") > MOST_DOTS for line in text.splitlines()):
            return {}
        if text.lstrip().startswith("{"):
            return read_object(text, ANY_OBJECT) or {}
        return tomllib.loads(text)
    except (OSError, ValueError, RecursionError):
        return {}


def inside(values: Table, *names: str) -> Table:
    """The table at this path of names; empty where there is none."""
    value: Any = values
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def needed(
    tool: ProjectTool, folder: Path, member: Path, others: Sequence[Path] = ()
) -> dict[str, Needed]:
    """All that the manager installs for the project in `folder`, by name. `member` is the folder of
    the part of it that the learner works in; `others` are its other parts.
    """
    declared = {**dict(_of_others(tool, others)), **dict(_declared(tool, member))}
    locked = _locked(tool, folder)
    needs = {
        name: Needed(locked[name][0] if name in locked else "", options)
        for name, options in declared.items()
    }
    queue = sorted(
        declared, key=lambda name: bool(declared[name])
    )  # what is always installed first
    while queue:
        name = queue.pop(0)
        for below in locked[name][1] if name in locked else ():
            if below in locked and below not in needs:
                needs[below] = Needed(locked[below][0], needs[name].options)
                queue.append(below)
    if tool.program in ("pixi", "rye"):  # their locks do not say who needs whom
        needs = {**{name: Needed(version) for name, (version, _) in locked.items()}, **needs}
    return {**needs, **dict.fromkeys(_own_name(member), Needed())}


def _of_others(tool: ProjectTool, others: Sequence[Path]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What each of them always needs, and itself."""
    for place in others:
        always = (name for name, more in _declared(tool, place) if not more)
        yield from ((name, tool.others) for name in (*always, *_own_name(place)))


def _own_name(folder: Path) -> list[str]:
    return _names([inside(table(folder / "pyproject.toml"), "project").get("name")])


def _declared(tool: ProjectTool, folder: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Names with the options that install them; what needs none comes last, and so wins."""
    if tool.program == "pipenv":
        groups = _of_pipfile(table(folder / "Pipfile"))
    elif tool.program == "pixi":
        own = table(folder / "pixi.toml")
        groups = _of_pixi(own or inside(table(folder / "pyproject.toml"), "tool", "pixi"))
    else:
        groups = _of_pyproject(tool, table(folder / "pyproject.toml"))
    rows = [(names, option) for names, option in groups]
    for names, option in sorted(rows, key=lambda row: not row[1]):
        yield from ((name, option) for name in names)


Groups = Iterator[tuple[list[str], tuple[str, ...]]]


def _of_pyproject(tool: ProjectTool, whole: Table) -> Groups:
    project, own = inside(whole, "project"), inside(whole, "tool", tool.program)
    if tool.program != "hatch" or not inside(own, "envs", "default").get("skip-install"):
        yield _names(project.get("dependencies")), ()
    yield _names(own.get("dependencies")), ()  # of Poetry
    yield _names(own.get("dev-dependencies")), ()  # of uv, Poetry, Rye; PDM has groups there
    yield _names(inside(own, "envs", "default").get("dependencies")), ()  # of Hatch
    if tool.program == "pdm":
        for names in inside(own, "dev-dependencies").values():
            yield _names(names), ()
    for name, names in inside(project, "optional-dependencies").items():
        yield _names(names), (tool.extra, name) if tool.extra else ()
    yield from _of_groups(tool, whole, own)


def _of_groups(tool: ProjectTool, whole: Table, own: Table) -> Groups:
    """Dependency groups: those that the manager installs by itself need no option."""
    chosen = own.get("default-groups", ["dev"]) if tool.program == "uv" else "all"
    for name, names in inside(whole, "dependency-groups").items():
        default = chosen == "all" or name in chosen
        yield _names(names), () if default or not tool.group else (tool.group, name)
    for name in inside(own, "group"):  # of Poetry
        row = inside(own, "group", name)
        yield _names(row.get("dependencies")), (tool.group, name) if row.get("optional") else ()


def _of_pipfile(whole: Table) -> Groups:
    for name, names in whole.items():
        if name not in ("source", "requires", "scripts", "pipenv", "pipfile"):
            special = {"packages": (), "dev-packages": ("--dev",)}
            yield _names(names), special.get(name, ("--categories", name))


def _of_pixi(whole: Table) -> Groups:
    for place in (whole, *inside(whole, "target").values()):
        yield _names(inside(place, "dependencies")), ()
        yield _names(inside(place, "pypi-dependencies")), ()
    for feature in inside(whole, "feature").values():
        yield _names(inside(feature, "dependencies")), ()
        yield _names(inside(feature, "pypi-dependencies")), ()


def _names(requirements: Any) -> list[str]:
    """The names in a list of requirements, or in a table by name."""
    rows = requirements if isinstance(requirements, list | dict) else []
    matches = (NAME.match(row) for row in rows if isinstance(row, str))
    return [normal_name(hit[1]) for hit in matches if hit]


Locked = dict[str, tuple[str, list[str]]]  # by name: the version, and the names that it needs


def _locked(tool: ProjectTool, folder: Path) -> Locked:
    if tool.program == "pixi":
        return {
            normal_name(name): (version, [])
            for name, version in CONDA_FILE.findall(
                foreign_file.text_or_nothing(folder / "pixi.lock")
            )
        }
    if tool.program == "rye":
        texts = (
            foreign_file.text_or_nothing(folder / name)
            for name in ("requirements.lock", "requirements-dev.lock")
        )
        return {
            normal_name(name): (version, [])
            for text in texts
            for name, version in PINNED.findall(text)
        }
    if tool.program == "pipenv":
        return _of_pipfile_lock(table(folder / "Pipfile.lock"))
    rows = table(folder / f"{tool.program}.lock").get("package")
    return dict(_packages(rows if isinstance(rows, list) else []))


def _packages(rows: Iterable[Any]) -> Iterator[tuple[str, tuple[str, list[str]]]]:
    """The packages of uv.lock, poetry.lock and pdm.lock, with all that each of them may need."""
    below: dict[str, list[str]] = {}
    versions: dict[str, str] = {}
    for row in (row for row in rows if isinstance(row, dict)):
        name = normal_name(str(row.get("name")))
        # uv lists the extras that somebody asks for beside the rest, and no others.
        for wanted in (row.get("dependencies"), *inside(row, "optional-dependencies").values()):
            below[name] = [*below.get(name, []), *_names(_plain(wanted))]
        versions[name] = str(row.get("version", ""))
    for name, names in below.items():
        yield name, (versions[name], names)


def _plain(wanted: Any) -> Any:
    """A list of tables with a name, as uv has it, as a list of names."""
    if not isinstance(wanted, list):
        return wanted
    return [row.get("name") if isinstance(row, dict) else row for row in wanted]


def _of_pipfile_lock(whole: Table) -> Locked:
    """It names no dependencies: each section lists all that belongs to it, so all of one belongs
    to its first.
    """
    locked: Locked = {}
    for section in (name for name in whole if name != "_meta"):
        rows = inside(whole, section)
        names = [normal_name(name) for name in rows]
        for name in rows:
            version = str(inside(rows, name).get("version", "")).removeprefix("==")
            locked.setdefault(normal_name(name), (version, names))
    return locked
