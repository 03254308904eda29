"""Lines of lists that name a module in place of its package: what an index has under that name is a stranger's, or
nothing. No program of ours installs such a name, nor a list that has one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from envcheck.declared.declared import Declared
from envcheck.declared.reading import look
from envcheck.module_names import package_of_module
from envcheck.versions import name_of


def package(row: Declared) -> str:
    """The package that is meant; empty for what is one, is conda's, or comes from an address."""
    return "" if row.conda or row.address else package_of_module(name_of(row.requirement))


def as_meant(row: Declared) -> Declared:
    """The row by its package's name. Versions of the stranger's are none of the package's."""
    meant = package(row)
    if not meant:
        return row
    _, semicolon, marker = row.requirement.partition(";")
    return replace(row, requirement=f"{meant}{semicolon}{marker}")


def told(rows: Iterable[Declared]) -> str:
    """The first such line, in words; empty where there is none."""
    return next((_told(row, meant) for row in rows if (meant := package(row))), "")


def told_of(file: Path) -> str:
    """The same of a list and of those that it names."""
    return told(look(file.parent, file.name).packages)


def told_in(root: Path, names: Iterable[str]) -> str:
    """The same of the lists that a course names."""
    return next(filter(None, (told(look(root, name).packages) for name in names)), "")


def _told(row: Declared, meant: str) -> str:
    place = f"{row.file}:{row.line}" if row.line else row.file
    return f"{place} names `{name_of(row.requirement)}`, which is a module; its package is {meant}"
