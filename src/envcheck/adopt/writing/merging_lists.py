"""The lists that a course file names, and the packages for all chapters."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from envcheck.adopt.needed.course import Reading
from envcheck.adopt.writing.author_lists import files_of
from envcheck.adopt.writing.left_out import LeftOut
from envcheck.adopt.writing.matching import tables_of
from envcheck.adopt.writing.moved import bring_versions
from envcheck.adopt.writing.packages import lacks, names_of, package_names, texts


def bring_lists(document: Any, values: Mapping[str, Any], reading: Reading) -> None:
    """Lists that are new are named, and lists that are gone no longer, a chapter's own too."""
    root = reading.tree.root
    have = _without_gone(document, values, root)
    for id, table in tables_of(document).items():
        _without_gone(document["chapter"][id], table, root)
    there = {*have, *files_of(values, root)}
    new = [listing.name for listing in reading.lists.of_all if listing.name not in there]
    if new and "requires" in document:
        document["requires"].extend(new)
    elif new:
        document.add("requires", new)


def _without_gone(holder: Any, values: Mapping[str, Any], root: Path) -> list[str]:
    """Take the lists out that are gone; those that were named."""
    have = texts(values.get("requires"))
    for name in have:
        if not os.path.exists(root / name.partition("[")[0]):
            holder["requires"].remove(name)
    if have and not holder["requires"]:
        del holder["requires"]
    return have


def bring_packages(
    document: Any, values: Mapping[str, Any], reading: Reading, away: LeftOut
) -> None:  # tomlkit's
    """Versions that moved, and what the course's own checker asks for, and neither a list nor this file."""
    bring_versions(document, reading, away)
    tables = [values, *tables_of(document).values()]
    have = {name for table in tables for name in package_names(table.get("packages"))}
    have |= names_of(values, reading.tree.root)
    new = [
        each.requirement
        for each in reading.asked
        if lacks(have, each.distribution) and not away.has("", each.distribution)
    ]
    if new and "packages" in document:
        document["packages"].extend(new)
    elif new:
        document.add("packages", new)
