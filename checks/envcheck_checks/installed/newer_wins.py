"""Two distributions that refuse one another: the older one is to be changed, and what it asks for changes
with it. Else one line would ask for a newer one and an older other, which is no set that anybody has tried.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from envcheck.target.interpreter import Interpreter
from envcheck.versions import normal_name
from envcheck_checks.installed.requirements import requirements

if TYPE_CHECKING:
    from packaging.specifiers import SpecifierSet

Asked = tuple[str, "SpecifierSet"]  # who asks, and for which versions
Askers = Mapping[str, Sequence[Asked]]  # by the name of what they ask for


def newer_wins(python: Interpreter, absent: Askers, refused: Askers) -> tuple[Askers, Askers]:
    """Who is absent and who is refused, without the words of those that are themselves too old for what
    they refuse.
    """
    older = _too_old(python, refused)
    kept = _without(refused, older)
    for asker, (name, specifier) in older.items():
        rows = [*kept.get(asker, ())]
        kept[asker] = rows if any(who == name for who, _ in rows) else [*rows, (name, specifier)]
    return _without(absent, older), kept


def _too_old(python: Interpreter, refused: Askers) -> dict[str, Asked]:
    """Those who ask for an older version of something that itself asks for a newer one of theirs."""
    return {
        asker: (name, wanted.specifier)
        for name, askers in refused.items()
        for asker in {
            normal_name(who) for who, asked in askers if not _is_below(python, name, asked)
        }
        for wanted in requirements(python, name)
        if normal_name(wanted.name) == asker and _is_below(python, asker, wanted.specifier)
    }


def _is_below(python: Interpreter, name: str, specifier: SpecifierSet) -> bool:
    """Whether the installed one is older than every version that suits."""
    from packaging.version import Version

    version = python.installed[name].parsed_version if name in python.installed else None
    if version is None or specifier.contains(version, prereleases=True):
        return False
    floors = [
        Version(clause.version.removesuffix(".*"))
        for clause in specifier
        if clause.operator in (">=", ">", "==", "~=")
    ]
    return any(version < floor for floor in floors)


def _without(asked: Askers, askers: Mapping[str, Asked]) -> dict[str, Sequence[Asked]]:
    left = {
        name: [row for row in rows if normal_name(row[0]) not in askers]
        for name, rows in asked.items()
    }
    return {name: rows for name, rows in left.items() if rows}
