"""pyproject.toml: what the project depends on, by PEP 621, and what its tool installs besides."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from envcheck.declared import own_index, pixi_toml, poetry, uv_sources
from envcheck.declared.declared import DeclaredPython, Group, Row, Unread
from envcheck.declared.python_versions import specifier
from envcheck.declared.requirement_text import requirement_row
from envcheck.declared.source import Source, Unreadable, line_of, table


def read(source: Source, group: str = "") -> Iterator[Row]:
    """Its dependencies, and those of the groups that uv, Poetry and pixi install without being asked;
    with a `group` those of that extra or dependency group alone.
    """
    try:
        text, values = source.toml()
    except Unreadable as problem:
        yield problem.unread
        return
    project = table(values, "project")
    groups = _groups(values)
    if group:
        yield from _marked(source, values, _asked(source, text, values, group))
        return
    bounds = project.get("requires-python")
    if isinstance(bounds, str) and specifier(bounds):
        yield DeclaredPython(specifier(bounds), source.name, line_of(text, "requires-python"))
    yield from _names(source, text, project, {**groups, **table(values, "tool", "pixi", "feature")})
    rows = [*_of_all(source, text, values, groups)]
    if not rows and "dependencies" not in project:
        rows = [
            Unread(
                "it has no list of dependencies in [project], nor one of a tool",
                source.name,
                of_another_purpose=True,
            )
        ]
    yield from _marked(source, values, rows)


def _asked(source: Source, text: str, values: Mapping[str, Any], group: str) -> Iterator[Row]:
    """Of an extra, of a dependency group, or of a feature of pixi's."""
    every = {**table(values, "project", "optional-dependencies"), **_groups(values)}
    features = table(values, "tool", "pixi", "feature")
    if group in features and group not in every:
        return pixi_toml.rows(source, text, table(features, group))
    return _group(source, text, every, group)


def _marked(source: Source, values: Mapping[str, Any], rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows; those that no public index has, as the course means them, say so."""
    named = uv_sources.marked(source, values, rows)
    return own_index.marked(named, *own_index.of_project(values))


def _of_all(
    source: Source, text: str, values: Mapping[str, Any], groups: Mapping[str, Any]
) -> Iterator[Row]:
    project, tool = table(values, "project"), table(values, "tool")
    yield from _listed(source, text, project.get("dependencies", []))
    yield from poetry.read(source, text, table(tool, "poetry"))
    yield from pixi_toml.of_default(source, text, table(tool, "pixi"))
    for name in _installed_by_uv(source, values, groups):
        yield from _group(source, text, groups, name)


def _names(
    source: Source, text: str, project: Mapping[str, Any], groups: Mapping[str, Any]
) -> Iterator[Row]:
    for name in (*table(project, "optional-dependencies"), *groups):
        yield Group(name, source.name, line_of(text, name, "="))


def _groups(values: Mapping[str, Any]) -> dict[str, Any]:
    """Dependency groups by PEP 735, with what PDM and uv had before: both install the two together."""
    tool = table(values, "tool")
    groups = dict(table(values, "dependency-groups"))
    older = {"dev": table(tool, "uv").get("dev-dependencies", [])}
    for name, rows in (*older.items(), *table(tool, "pdm", "dev-dependencies").items()):
        have = groups.get(name, [])
        if isinstance(rows, list) and isinstance(have, list) and (rows or name in groups):
            groups[name] = [*have, *rows]
    return groups


def _installed_by_uv(
    source: Source, values: Mapping[str, Any], groups: Mapping[str, Any]
) -> list[str]:
    """The groups that `uv sync` installs, where the project is one of uv's."""
    settings = table(values, "tool", "uv")
    if "uv" not in table(values, "tool") and not os.path.lexists(source.path.with_name("uv.lock")):
        return []
    default = settings.get("default-groups", ["dev"])
    if default == "all":
        return list(groups)
    return [name for name in groups if isinstance(default, list) and name in default]


def _group(source: Source, text: str, groups: Mapping[str, Any], name: str) -> Iterator[Row]:
    from dependency_groups import resolve

    line = line_of(text, name, "=")
    if name not in groups:
        yield Unread(f"it has no extra and no dependency group `{name}`", source.name)
        return
    try:
        written = resolve(dict(groups), name)
    except Exception as error:  # noqa: BLE001  # of packaging too, which raises its own
        yield Unread(f"the group `{name}` cannot be read: {error}", source.name, line)
        return
    yield from _listed(source, text, list(written), line)


def _listed(source: Source, text: str, rows: Any, line: int = 0) -> Iterator[Row]:
    """Requirements as they are written in a list of TOML, of any kind of value."""
    if not isinstance(rows, list):
        yield Unread("`dependencies` must be a list", source.name, line_of(text, "dependencies"))
        return
    for row in rows:
        place = line_of(text, row) if isinstance(row, str) else 0
        yield requirement_row(source, row, place or line)
