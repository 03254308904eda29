"""A requirement of PEP 508 as one file or another writes it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from envcheck.declared import addresses, own_index
from envcheck.declared.declared import Declared, LeftOut, Row, Unread
from envcheck.declared.source import Source


def requirement_row(source: Source, text: Any, line: int) -> Row:  # any value of TOML
    """The package that it names, its address beside it; what it is where it cannot be read."""
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
    address, wanted.url = wanted.url, None
    return Declared(str(wanted), source.name, line, on_index=address is None, address=address or "")


def by_pip(declared: Declared) -> str:
    """How pip is told to install it, as the course means it; empty where its name alone, which an index
    may have for another package, is all there is.
    """
    from packaging.requirements import Requirement
    from packaging.specifiers import SpecifierSet

    if declared.on_index or not declared.address:
        return declared.requirement if declared.on_index else ""
    wanted = Requirement(declared.requirement)
    wanted.specifier, wanted.url = SpecifierSet(), declared.address
    return str(wanted)


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
    if not isinstance(row, Declared):
        return row
    if not addresses.is_of_no_index(details):
        return replace(row, index=own_index.asked(details))
    return replace(row, on_index=False, address=addresses.address(details))
