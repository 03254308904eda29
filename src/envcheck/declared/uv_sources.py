"""Packages that uv takes from the course itself, from a folder or an address: [tool.uv.sources]. An index that has
the name has somebody else's package.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from envcheck.declared import addresses, own_index
from envcheck.declared.declared import Declared, Row
from envcheck.declared.source import Source, Unreadable, table
from envcheck.versions import name_of, normal_name


def marked(source: Source, values: Mapping[str, Any], rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows; those whose package is of no index say so."""
    above = _of_workspace(source)
    places, indexes = _places(values) | _places(above), _indexes(values) | _indexes(above)
    for row in rows:
        name = normal_name(name_of(row.requirement)) if isinstance(row, Declared) else ""
        if isinstance(row, Declared) and name in places:
            yield replace(row, on_index=False, address=places[name])
        elif isinstance(row, Declared) and name in indexes:
            yield replace(row, index=indexes[name])
        else:
            yield row


def _of_workspace(source: Source) -> Mapping[str, Any]:
    """What the root of uv's workspace says holds for its members."""
    above = replace(source, name="pyproject.toml")
    if PurePosixPath(source.name) == PurePosixPath(above.name) or not os.path.isfile(above.path):
        return {}
    try:
        _, values = above.toml()
    except Unreadable:
        return {}
    return values if "workspace" in table(values, "tool", "uv") else {}


def _indexes(values: Mapping[str, Any]) -> dict[str, str]:
    """The name of the index from which a package is taken, on some systems at least."""
    sources = table(values, "tool", "uv", "sources")
    rows = {name: row if isinstance(row, list) else [row] for name, row in sources.items()}
    return {
        normal_name(name): index
        for name, places in rows.items()
        for place in places
        if isinstance(place, dict) and (index := own_index.asked(place))
    }


def _places(values: Mapping[str, Any]) -> dict[str, str]:
    """The address of each package that is of no index, empty where it is the course's own, or depends."""
    sources = table(values, "tool", "uv", "sources")
    rows = {name: row if isinstance(row, list) else [row] for name, row in sources.items()}
    return {
        normal_name(name): addresses.address(places[0]) if len(places) == 1 else ""
        for name, places in rows.items()
        if any(isinstance(place, dict) and addresses.is_of_no_index(place) for place in places)
    }
