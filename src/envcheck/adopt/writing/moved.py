"""Versions in a course file that the course has left behind: the file would call a learner ready whom the course's
own cells turn away. What is stricter, and a name without versions, is its author's decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from envcheck.adopt.needed.course import Reading
from envcheck.adopt.writing.left_out import LeftOut
from envcheck.adopt.writing.matching import matched, tables_of
from envcheck.module_names import same
from envcheck.versions import allows, name_of, normal_name, requirement, specifier_of

if TYPE_CHECKING:
    from packaging.specifiers import SpecifierSet

LOWEST = ("==", "===", ">=", "~=")
HIGHEST = ("<", "<=", "!=")  # bounds that are kept where the new versions go with them


def bring_versions(document: Any, reading: Reading, away: LeftOut) -> None:  # tomlkit's
    """Write those that the course says now, where all of it says the same."""
    tables = tables_of(document)
    wanted = [need.requirement for part in reading.parts for need in part.needs]
    wanted += [each.requirement for each in reading.asked if not away.has("", each.distribution)]
    _bring(document, document.unwrap(), wanted)
    ids = matched(tables, reading)
    for part in reading.parts:
        if id := ids.get(part.chapter.id, ""):
            needed = (need.requirement for need in part.needs)
            _bring(document["chapter"][id], tables[id], needed)


def _bring(holder: Any, table: Mapping[str, Any], wanted: Iterable[str]) -> None:  # tomlkit's
    now: dict[str, set[str]] = {}
    for text in wanted:
        if specifier_of(text):
            now.setdefault(_library(text), set()).add(text)
    for at, row in enumerate(table.get("packages") or ()):
        texts = now.get(_library(row), set())
        if len(texts) == 1 and (new := moved(row, *texts)):
            holder["packages"][at] = new


def _library(text: str) -> str:
    return same(normal_name(name_of(text)))


def moved(row: str, text: str) -> str:
    """The row with the versions of this requirement, where its own no longer go together with them; else empty."""
    have, now = requirement(row, {}), requirement(text, {})
    if have is None or now is None or have.marker or have.url or now.marker or now.url:
        return ""  # no version alone tells what such a row asks for
    if not have.specifier or not now.specifier or _is_kept(have.specifier, now.specifier):
        return ""
    lowest = _lowest(now.specifier)
    bounds = () if _is_exact(now.specifier) else have.specifier
    kept = sorted(
        str(each)
        for each in bounds
        if each.operator in HIGHEST and all(allows(str(each), version) for version in lowest)
    )
    own = specifier_of(row).strip()
    new = row[: row.index(own)] + ",".join([specifier_of(text).strip(), *kept])
    return new if new != row else ""


def _is_kept(have: SpecifierSet, now: SpecifierSet) -> bool:
    """Whether the file takes the course's one version, or the course the lowest of the file's; where the file has
    none, whether it takes the course's.
    """
    mine = _lowest(have)
    if mine and not _is_exact(now):
        return all(allows(str(now), version) for version in mine)
    return all(allows(str(have), version) for version in _lowest(now))


def _lowest(versions: SpecifierSet) -> list[str]:
    rows = (each for each in versions if each.operator in LOWEST)
    return [each.version for each in rows if not each.version.endswith(".*")]


def _is_exact(versions: SpecifierSet) -> bool:
    only = [*versions]
    return len(only) == 1 and only[0].operator in ("==", "===") and bool(_lowest(versions))
