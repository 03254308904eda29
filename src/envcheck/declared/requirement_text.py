"""A requirement of PEP 508 as one file or another writes it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from envcheck.declared.declared import Declared, LeftOut, Row, Unread
from envcheck.declared.source import Source

ADDRESSES = (
    "git",
    "hg",
    "svn",
    "bzr",
    "url",
    "file",
)  # where Poetry, pixi and Pipenv take one from


def requirement_row(source: Source, text: Any, line: int) -> Row:  # any value of TOML
    """The package that it names, without its address, which no index has; what it is where it cannot be read."""
    from packaging.requirements import InvalidRequirement, Requirement

    if not isinstance(text, str):
        return Unread(f"a dependency must be a text, not {str(text)[:60]}", source.name, line)
    if re.search(r"@\s*file:", text):
        return Unread(
            f"`{text[:60]}` names a file of another machine; write the package and its version",
            source.name,
            line,
        )
    try:
        wanted = Requirement(text)
    except InvalidRequirement:
        return Unread(f"`{text[:60]}` is no package with versions", source.name, line)
    has_address, wanted.url = wanted.url is not None, None
    return Declared(str(wanted), source.name, line, on_index=not has_address)


def composed(
    source: Source, name: str, wanted: Any, line: int, versions: str | None
) -> Row:  # any value of TOML
    """A package whose name is a key and whose value is versions, or a table that has them besides
    `extras` and `markers`. `versions` is None for what is no version.
    """
    if versions is None:
        return Unread(f"`{name}` has versions that cannot be read", source.name, line)
    details = wanted if isinstance(wanted, dict) else {}
    extras = details.get("extras")
    inside = f"[{','.join(map(str, extras))}]" if isinstance(extras, list) and extras else ""
    marker = details.get("markers")
    behind = f"; {marker}" if isinstance(marker, str) and marker else ""
    row = requirement_row(source, f"{name}{inside}{versions}{behind}", line)
    if "path" in details:
        return LeftOut(name, source.name, line)
    has_address = any(key in details for key in ADDRESSES)
    return replace(row, on_index=False) if has_address and isinstance(row, Declared) else row
