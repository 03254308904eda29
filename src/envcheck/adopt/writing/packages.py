"""The packages that a course file names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from envcheck.declared.declared import Declarations
from envcheck.declared.reading import look
from envcheck.module_names import same
from envcheck.versions import name_of, normal_name


def of_chapter(table: Mapping[str, Any], root: Path) -> set[str]:
    """Those that its table names, itself or by its own lists, as `package_names` calls them."""
    return {*package_names(table.get("packages")), *names_of(table, root)}


def names_of(table: Mapping[str, Any], root: Path) -> set[str]:
    """Those in the lists that a table names, likewise."""
    return {*map(same, listed_names(table, root))}


def listed_names(table: Mapping[str, Any], root: Path) -> set[str]:
    """The same as they are called there, normalised: not every build of a library brings what the library does."""
    listed = (row.requirement for each in lists_of(table, root) for row in each.packages)
    return {normal_name(name_of(row)) for row in listed}


def lists_of(table: Mapping[str, Any], root: Path) -> list[Declarations]:
    """These lists, read; of one that is gone nothing is."""
    return [look(root, name) for name in texts(table.get("requires"))]


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
