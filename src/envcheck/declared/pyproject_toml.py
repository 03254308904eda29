"""pyproject.toml: what the project depends on, by PEP 621."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from envcheck.declared.declared import Declared, Source
from envcheck.errors import UsageProblem

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def read(source: Source) -> Iterator[Declared]:
    """Its `[project] dependencies`. Raises UsageProblem."""
    try:
        values = tomllib.loads(source.text())
    except (ValueError, RecursionError) as error:
        raise UsageProblem(f"{source.path}: it is not TOML: {error}") from None
    project = values.get("project")
    rows = project.get("dependencies") if isinstance(project, dict) else None
    if not isinstance(rows, list):
        raise UsageProblem(f"{source.path}: it has no list of dependencies in [project]")
    for row in rows:
        if not isinstance(row, str):
            raise UsageProblem(f"{source.path}: a dependency must be a text, not {row!r}")
        yield Declared(_without_address(row, source), source.name)


def _without_address(text: str, source: Source) -> str:
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        wanted = Requirement(text)
    except InvalidRequirement:
        raise UsageProblem(f"{source.path}: `{text}` is no package with versions") from None
    wanted.url = None
    return str(wanted)
