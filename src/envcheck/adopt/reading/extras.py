"""Who brings more than its name says, and nobody can tell what."""

from __future__ import annotations

from collections.abc import Iterable

from envcheck.declared.declared import Declared
from envcheck.module_names import same
from envcheck.versions import extras_of, name_of, normal_name

CORES = ("-core", "-base")  # conda's `dask-core` is what pip calls `dask`


def with_more(packages: Iterable[Declared]) -> frozenset[str]:
    """Those of a list with extras, and conda's, which are whole, by one name for all builds of a library."""
    rows = [row for row in packages if not row.conda.endswith(CORES)]
    whole = (row.requirement for row in rows if row.conda)
    return with_extras(row.requirement for row in rows) | {*map(_library, whole)}


def with_extras(requirements: Iterable[str]) -> frozenset[str]:
    """Those that are asked for with extras."""
    return frozenset(_library(row) for row in requirements if extras_of(row))


def _library(requirement: str) -> str:
    return same(normal_name(name_of(requirement)))
