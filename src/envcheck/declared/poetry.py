"""Poetry's tables in pyproject.toml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from envcheck.declared.declared import DeclaredPython, Row, Unread
from envcheck.declared.poetry_versions import pep440
from envcheck.declared.requirement_text import composed
from envcheck.declared.source import Source, line_of, table


def read(source: Source, text: str, poetry: Mapping[str, Any]) -> Iterator[Row]:
    """What `poetry install` installs: its dependencies and those of groups that are not optional."""
    groups = table(poetry, "group")
    tables = [table(poetry, "dependencies"), table(poetry, "dev-dependencies")]
    tables += [
        table(groups, name, "dependencies")
        for name in groups
        if table(groups, name).get("optional") is not True
    ]
    for dependencies in tables:
        for name, wanted in dependencies.items():
            line = line_of(text, name, "=")
            for each in wanted if isinstance(wanted, list) else [wanted]:
                yield from _row(source, name, each, line)


def _row(source: Source, name: str, wanted: Any, line: int) -> Iterator[Row]:
    """A package, or the Python; any value of TOML."""
    details = wanted if isinstance(wanted, dict) else {}
    written = details.get("version", "*") if details else wanted
    versions = pep440(written) if isinstance(written, str) else None
    if name.lower() == "python":
        if versions is None:
            yield Unread("`python` has versions that cannot be read", source.name, line)
        elif versions:
            yield DeclaredPython(versions, source.name, line)
    elif details.get("optional") is not True:
        yield composed(source, name, {**details, "markers": _markers(details)}, line, versions)


def _markers(details: Mapping[str, Any]) -> str:
    """`markers`, with the marker that Poetry's own `platform` and `python` stand for."""
    parts = [details.get("markers", "")]
    if isinstance(platform := details.get("platform"), str):
        parts.append(f"sys_platform == '{platform}'")
    if isinstance(python := details.get("python"), str):
        for bound in (pep440(python) or "").split(","):
            operator = bound.rstrip("0123456789.*")
            if operator:
                parts.append(f"python_version {operator} '{bound[len(operator) :]}'")
    written = [part for part in parts if isinstance(part, str) and part]
    return " and ".join(f"({part})" for part in written) if len(written) > 1 else "".join(written)
