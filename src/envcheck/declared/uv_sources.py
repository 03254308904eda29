"""Packages that uv takes from the course itself, from a folder or an address: [tool.uv.sources]. An index that has
the name has somebody else's package.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from envcheck.declared import addresses
from envcheck.declared.declared import Declared, Row
from envcheck.declared.source import Source, Unreadable, table
from envcheck.versions import name_of, normal_name


def marked(source: Source, values: Mapping[str, Any], rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows; those whose package is of no index say so."""
    places = _places(values) | _of_workspace(source)
    for row in rows:
        if isinstance(row, Declared) and (name := normal_name(name_of(row.requirement))) in places:
            yield replace(row, on_index=False, address=places[name])
        else:
            yield row


def _of_workspace(source: Source) -> dict[str, str]:
    """What the root of uv's workspace says holds for its members."""
    above = Source(source.root, "pyproject.toml")
    if PurePosixPath(source.name) == PurePosixPath(above.name) or not os.path.isfile(above.path):
        return {}
    try:
        _, values = above.toml()
    except Unreadable:
        return {}
    return _places(values) if "workspace" in table(values, "tool", "uv") else {}


def _places(values: Mapping[str, Any]) -> dict[str, str]:
    """The address of each package that is of no index, empty where it is the course's own, or depends."""
    sources = table(values, "tool", "uv", "sources")
    rows = {name: row if isinstance(row, list) else [row] for name, row in sources.items()}
    return {
        normal_name(name): addresses.address(places[0]) if len(places) == 1 else ""
        for name, places in rows.items()
        if any(isinstance(place, dict) and addresses.is_of_no_index(place) for place in places)
    }
