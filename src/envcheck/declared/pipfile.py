"""Pipenv's Pipfile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from envcheck.declared import own_index
from envcheck.declared.declared import DeclaredPython, Row, Unread
from envcheck.declared.poetry_versions import pep440
from envcheck.declared.python_versions import pinned
from envcheck.declared.requirement_text import composed
from envcheck.declared.source import Source, Unreadable, line_of, table

MARKERS = ("os_name", "platform_machine", "platform_system", "python_version", "sys_platform")


def read(source: Source) -> Iterator[Row]:
    """What `pipenv install` installs, and the Python that it asks for."""
    try:
        text, values = source.toml()
    except Unreadable as problem:
        yield problem.unread
        return
    for key in ("python_full_version", "python_version"):
        version = table(values, "requires").get(key)
        if isinstance(version, str) and version[:1].isdigit():
            yield DeclaredPython(pinned(version), source.name, line_of(text, key))
            break
    if not isinstance(values.get("packages"), dict):
        yield Unread("it has no table [packages]", source.name)
        return
    yield from own_index.marked(_packages(source, text, values), *own_index.of_pipfile(values))


def _packages(source: Source, text: str, values: Mapping[str, Any]) -> Iterator[Row]:
    for name, wanted in values["packages"].items():
        details = wanted if isinstance(wanted, dict) else {}
        written = details.get("version", "*") if details else wanted
        versions = pep440(written) if isinstance(written, str) else None
        line = line_of(text, name, "=")
        yield composed(source, name, {**details, "markers": _markers(details)}, line, versions)


def _markers(details: Mapping[str, Any]) -> str:
    """`markers`, and the marker that each of Pipenv's own keys is: `sys_platform = "== 'win32'"`."""
    parts = [details.get("markers"), *(_marker(details, key) for key in MARKERS)]
    written = [part for part in parts if isinstance(part, str) and part]
    return " and ".join(f"({part})" for part in written) if len(written) > 1 else "".join(written)


def _marker(details: Mapping[str, Any], key: str) -> str:
    value = details.get(key)
    return f"{key} {value}" if isinstance(value, str) and value else ""
