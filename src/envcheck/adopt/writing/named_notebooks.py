"""The notebooks that a course file names: those that are gone go, and those that are new come. All else in a chapter's
table is its author's: it stays as long as its folder is there.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from envcheck.adopt.needed.course import Reading
from envcheck.adopt.needed.part import Part
from envcheck.adopt.writing.matching import Row, lies_in, matched, path, rows_of, tables_of
from envcheck.adopt.writing.own_notebooks import all_notebooks, own_notebooks

WRITTEN = {"title", "folder", "notebooks"}  # of a table in which nobody has asked for anything


def bring_up_to_date(document: Any, reading: Reading) -> None:  # tomlkit's
    """Every chapter's notebooks, and the chapters that are no longer there at all."""
    tables, root = tables_of(document), reading.tree.root
    ids, rows = matched(tables, reading), rows_of(tables, root)
    taken = {each for row in rows.values() for each in row.paths}
    for id, table in tables.items():
        row = rows[id]
        parts = [part for part in reading.parts if ids.get(part.chapter.id) == id]
        if row.place is None and not parts:
            _remove(document, id)
        elif row.place is None or (parts and _has_moved(row, parts[0])):
            _move(document["chapter"][id], reading, parts[0])
        elif "notebooks" in table:
            names = _there(root, row.place, table)
            for part in parts:
                names += _new(reading, part, row.place, taken)
            _name(document, id, names, is_known=bool(parts))
    if "chapter" in document and not document["chapter"]:
        del document["chapter"]


def _there(root: Path, place: str, table: Mapping[str, Any]) -> list[str]:
    return [name for name in table.get("notebooks", ()) if os.path.isfile(root / place / name)]


def _new(reading: Reading, part: Part, place: str, taken: set[str]) -> list[str]:
    """Its notebooks below this folder that no table names yet."""
    own = (path(part.chapter.folder, name) for name in all_notebooks(reading, part))
    new = (PurePosixPath(each) for each in own if each not in taken and lies_in(each, place))
    return [each.relative_to(place).as_posix() for each in new]


def _has_moved(row: Row, part: Part) -> bool:
    """Whether none of its notebooks is left in its folder, and the chapter is in another one."""
    folder, place = part.chapter.folder, row.place or "."
    stays = place != "." and any(lies_in(source.name, place) for source in part.chapter.sources)
    return row.is_lost and folder != place and not stays


def _move(table: Any, reading: Reading, part: Part) -> None:  # tomlkit's
    table["folder"] = part.chapter.folder
    names = own_notebooks(reading, part)
    if names:
        table["notebooks"] = names
    elif "notebooks" in table:
        del table["notebooks"]


def _name(document: Any, id: str, names: list[str], *, is_known: bool) -> None:  # tomlkit's
    """Write these, each that stays with its comment; where none is left, the list goes, and the chapter if it
    asks for nothing else and is none of the course's any more.
    """
    table = document["chapter"][id]
    if not names:
        if not is_known and not _asks(document, id):
            _remove(document, id)
            return
        del table["notebooks"]
        return
    listed = table["notebooks"]
    for name in [*listed]:
        if name not in names:
            listed.remove(name)
    listed.extend(name for name in names if name not in listed)


def _asks(document: Any, id: str) -> bool:  # tomlkit's
    """Whether somebody has written more of this chapter than where it is."""
    waived = document.get("waive") or {}
    return bool({*document["chapter"][id]} - WRITTEN) or any(_is_of(id, name) for name in waived)


def _remove(document: Any, id: str) -> None:  # tomlkit's
    """The chapter, and the waivers of its checks, which nobody has any more."""
    del document["chapter"][id]
    for name in [name for name in document.get("waive") or {} if _is_of(id, name)]:
        del document["waive"][name]
    if "waive" in document and not document["waive"]:
        del document["waive"]


def _is_of(id: str, check: str) -> bool:
    return check.partition(".")[0] == id
