"""Packages that uv takes from the course itself, from a folder or an address: [tool.uv.sources]. An index that has
the name has somebody else's package.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from envcheck.declared.declared import Declared, Row
from envcheck.declared.source import Source, Unreadable, table
from envcheck.versions import name_of, normal_name

NO_INDEX = {"workspace", "path", "git", "url"}


def marked(source: Source, values: Mapping[str, Any], rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows; those whose package is of no index say so."""
    names = _names(values) | _of_workspace(source)
    for row in rows:
        if isinstance(row, Declared) and normal_name(name_of(row.requirement)) in names:
            yield replace(row, on_index=False)
        else:
            yield row


def _of_workspace(source: Source) -> set[str]:
    """What the root of uv's workspace says holds for its members."""
    above = Source(source.root, "pyproject.toml")
    if PurePosixPath(source.name) == PurePosixPath(above.name) or not os.path.isfile(above.path):
        return set()
    try:
        _, values = above.toml()
    except Unreadable:
        return set()
    return _names(values) if "workspace" in table(values, "tool", "uv") else set()


def _names(values: Mapping[str, Any]) -> set[str]:
    sources = table(values, "tool", "uv", "sources")
    rows = {name: row if isinstance(row, list) else [row] for name, row in sources.items()}
    return {
        normal_name(name)
        for name, places in rows.items()
        if any(isinstance(place, dict) and NO_INDEX & {*place} for place in places)
    }
