"""The packages that a course file names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from envcheck.declared.reading import look
from envcheck.module_names import same
from envcheck.versions import name_of, normal_name


def of_chapter(table: Mapping[str, Any], root: Path) -> set[str]:
    """Those that its table names, itself or by its own lists, as `package_names` calls them."""
    lists = (look(root, name) for name in texts(table.get("requires")))
    listed = (row.requirement for each in lists for row in each.packages)
    return {
        *package_names(table.get("packages")),
        *(same(normal_name(name_of(row))) for row in listed),
    }


def package_names(packages: Any) -> set[str]:  # any value of TOML
    """The names alone, normalised, with one name for all builds of a library: a second one beside the first
    would write over its files.
    """
    return {same(normal_name(name_of(row))) for row in texts(packages)}


def lacks(have: set[str], distribution: str) -> bool:
    """Whether none of these is this one, or another build of it."""
    return same(distribution) not in have


def texts(rows: Any) -> list[str]:  # any value of TOML
    """The texts of a list; empty for what is none."""
    return [row for row in rows if isinstance(row, str)] if isinstance(rows, list) else []
