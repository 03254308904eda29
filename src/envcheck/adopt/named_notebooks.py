"""The notebooks that a course file names: those that are gone go, and those that are new come. All else in a chapter's
table is its author's: it stays as long as its folder is there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from envcheck.adopt.course import Reading
from envcheck.adopt.own_notebooks import all_notebooks, own_notebooks
from envcheck.adopt.part import Part

# A comment by which an author leaves a notebook out on purpose: `# left out: 03-draft.ipynb, old.ipynb`
LEFT_OUT = re.compile(r"^[ \t]*#[ \t]*left out:(?P<names>.*)$", re.MULTILINE)
WRITTEN = {"title", "folder", "notebooks"}  # of a table in which nobody has asked for anything
Tables = Mapping[str, Mapping[str, Any]]  # the chapters of a file, as its reader has taken them


def tables_of(document: Any) -> Tables:  # tomlkit's
    """The chapters that stand in the file now."""
    tables = document.unwrap().get("chapter") or {}
    return {id: table for id, table in tables.items() if isinstance(table, dict)}


def place_of(root: Path, id: str, table: Mapping[str, Any]) -> str | None:
    """The folder from which the chapter's notebooks are named, from the course's; None where it is gone."""
    folder = table.get("folder", "")
    if folder:
        return PurePosixPath(folder).as_posix() if os.path.isdir(root / folder) else None
    return id if os.path.isdir(root / id) else "."


def same(tables: Tables, part: Part, reading: Reading) -> str:
    """The name of the table of this chapter; empty where there is none. Its notebooks tell it, or a folder
    that no other chapter has, whatever its name is now.
    """
    chapter, root = part.chapter, reading.tree.root
    if chapter.id in tables:
        return chapter.id
    own = {source.name for source in chapter.sources}
    here = {
        id: table for id, table in tables.items() if place_of(root, id, table) == chapter.folder
    }
    named = [id for id, table in here.items() if own & _paths(chapter.folder, table)]
    alone = [each.chapter.folder for each in reading.parts].count(chapter.folder) == 1
    if not named and alone and chapter.folder != ".":
        named = [*here]
    return named[0] if len(named) == 1 else ""


def bring_up_to_date(document: Any, written: str, reading: Reading) -> None:  # tomlkit's
    """Every chapter's notebooks, and the chapters that are no longer there at all."""
    tables, root = tables_of(document), reading.tree.root
    parts = {id: part for part in reading.parts if (id := same(tables, part, reading))}
    taken = {PurePosixPath(name).as_posix() for name in _left_out(written)}
    for id, table in tables.items():
        taken |= _paths(place_of(root, id, table) or "", table)
    for id, table in tables.items():
        place, part = place_of(root, id, table), parts.get(id)
        if place is None and part is None:
            _remove(document, id)
        elif place is None or (part is not None and _has_moved(root, place, table, part)):
            _move(document["chapter"][id], reading, parts[id])
        elif "notebooks" in table:
            names = _there(root, place, table)
            if part is not None and part.chapter.folder == place:
                new = all_notebooks(reading, part)
                names += [
                    name for name in new if _path(place, name) not in taken and name not in taken
                ]
            _name(document, id, names, is_known=part is not None)
    if "chapter" in document and not document["chapter"]:
        del document["chapter"]


def _there(root: Path, place: str, table: Mapping[str, Any]) -> list[str]:
    return [name for name in table.get("notebooks", ()) if os.path.isfile(root / place / name)]


def _has_moved(root: Path, place: str, table: Mapping[str, Any], part: Part) -> bool:
    """Whether none of its notebooks is left in its folder, and the chapter is in another one."""
    gone = bool(table.get("notebooks")) and not _there(root, place, table)
    return gone and part.chapter.folder != place


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


def _paths(place: str, table: Mapping[str, Any]) -> set[str]:
    """The notebooks that a table names, by their paths from the course's folder."""
    return {_path(place, name) for name in table.get("notebooks", ())}


def _path(place: str, name: str) -> str:
    return (PurePosixPath(place) / name).as_posix()


def _left_out(written: str) -> Iterable[str]:
    for match in LEFT_OUT.finditer(written):
        yield from (name.strip() for name in match["names"].split(",") if name.strip())
